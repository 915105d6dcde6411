using Veelocity.Web.Linking.Teams;

namespace Veelocity.Web.Api.V1;

/// <summary>What the description of the API shows of teams.</summary>
internal static class TeamExamples
{
    private static readonly Guid ServiceId = new("7e0a4f2b-51c3-8d60-a1b2-9f8e7d6c5b4a");

    public static readonly TeamDirectory.Item Team = new(
        new Guid("5d2b8a1e-7c40-8f13-9b6d-3e1f0a9c8b7d"), "Checkout", "linear", "CHK", ArchivedAt: null, Members: 1, Repositories: 1, Services: 1);

    public static readonly TeamDirectory.Details Details = new(
        Team, [new(ContributorAnswer.Example.PersonId!.Value, "Ada Lovelace", IsByHand: false, RepoAnswer.ExampleAt)], [],
        [new(RepoAnswer.ExampleId, "acme/web", Services: 1, IsAutomatic: false)], [new(ServiceId, "payments", new Guid("c1d0a7f2-60b4-8e55-8a31-2b7f9d0e4c68"), "acme/backend")]);
}
