using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Sync;

/// <summary>Facts that say no more than a test needs.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static readonly Actor Ada = new("1", "ada", "Ada Lovelace", null, ActorKind.Human);

    public static RepositoryFact Repository(string id) =>
        new(id, $"acme/{id}", $"https://github.example/acme/{id}", "main", false, false, false, At.AddYears(-1), At);

    public static PullRequestFact PullRequest(string repository, int number, string title = "Change something") => new(
        repository, number, title, $"https://github.example/acme/{repository}/pull/{number}", null, PullState.Merged, false, Ada, Ada,
        At.AddHours(number), At.AddHours(number + 4), At.AddHours(number + 4), At.AddHours(number + 4), "main", $"branch-{number}",
        $"head{number}", $"merge{number}", 10, 2, 3, 0, 1, At.AddHours(number - 1), ["bug"], [], [],
        [new ReviewFact($"review-{number}", Ada with { ExternalId = "2", Login = "grace" }, ReviewVerdict.Approved, At.AddHours(number + 2))]);
}
