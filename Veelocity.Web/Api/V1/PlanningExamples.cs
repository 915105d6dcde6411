using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Planning;

namespace Veelocity.Web.Api.V1;

/// <summary>What the description of the API shows of planned work.</summary>
internal static class PlanningExamples
{
    private static readonly DateTimeOffset Start = RepoAnswer.ExampleAt;
    private static readonly Guid Id = new("5f6b1c1e-9d3a-8c0e-8a0b-6f4c9a7f2f21");

    public static readonly IssueLife.Life Issue = new(
        Id, "ENG-123", ["OPS-7"], "Totals in the cart", "https://linear.app/acme/issue/ENG-123", "Done", "completed", 2, 3, ["cart"], "Checkout", "Ada Lovelace",
        new IssueLife.NamedPlace(Id, "Cycle 7"), Project: null, Start, Start.AddDays(1), Start.AddDays(4), Start.AddDays(3), 259_200, 259_200,
        [
            new IssueLife.State("Todo", "unstarted", Start, Start.AddDays(1), 86_400),
            new IssueLife.State("In Progress", "started", Start.AddDays(1), Start.AddDays(4), 259_200),
            new IssueLife.State("Done", "completed", Start.AddDays(4), null, 3_600),
        ],
        [new IssueLife.Pull(Id, "acme/web", 412, "Show totals in the cart", PullRequestState.Merged, Start.AddDays(3), Start.AddDays(3).AddHours(3), IssueLinkMethod.Branch)]);

    public static readonly Cycles.Life Cycle = new(
        new Cycles.Item(
            Id, Id, "ENG", "Checkout", 7, Name: null, Start, Start.AddDays(14), CompletedAt: null, CycleStanding.Running, new ScopeOverTime(8, 10, 4, 2, 5), new ScopeOverTime(13, 17, 6, 2, 8)),
        [new Cycles.Day(Start, 8, 0), new Cycles.Day(Start.AddDays(1), 10, 5)]);

    public static readonly Projects.Life Project = new(
        new Projects.Item(
            Id, "New checkout", "https://linear.app/acme/project/new-checkout", "In Progress", "started", "onTrack", "Ada Lovelace", ["Checkout"], new DateOnly(2026, 9, 1), new DateOnly(2026, 12, 1),
            Start, CompletedAt: null, Issues: 24, Completed: 10, Canceled: 2, AddedAfterStart: 6),
        [new Projects.Week(Start, 18, 0, IsPartial: false), new Projects.Week(Start.AddDays(7), 24, 10, IsPartial: true)]);
}
