using System.Text.Json.Nodes;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>The rows behind the development and build metrics (M35).</summary>
internal sealed class WorkRows(Recomputation all, Days days, WorkScope scope)
{
    private readonly DevelopmentAnswers development = new(all, days);

    public Dictionary<string, Func<JsonArray>> Addresses() => new(StringComparer.Ordinal)
    {
        ["development/pr-review-time/items?of=first_review"] = () => Pulls(development.Reviewed(scope, days.Whole), p => Between(all.Reviewing[p.Id].ReadyAt, all.Reviewing[p.Id].FirstAt)),
        ["development/pr-review-time/items?of=merge"] =
            () => Pulls(Merged.Where(p => all.Reviewing[p.Id].ReadyAt is not null), p => Between(all.Reviewing[p.Id].ReadyAt, p.MergedAt)),
        ["development/pr-review-time/items?of=without_review"] = () => Pulls(Merged.Where(p => !all.Reviewing[p.Id].IsReviewed), _ => null),
        ["development/throughput/items?of=pull_requests"] = () => Pulls(Merged, _ => null),
        ["development/throughput/items?of=reverts"] = () => Pulls(Merged.Where(all.RevertPulls.Contains), _ => null),
        ["development/throughput/items?of=abandoned"] = () => Pulls(development.Abandoned(scope, days.Whole), _ => null),
        ["development/throughput/items?of=issues"] = () => Issues(development.Completed(scope, days.Whole), _ => null),
        ["development/cycle-time/items?of=linked"] = () => Pulls(Merged.Where(p => all.Links.Any(link => link.Pull == p.Id)), _ => null),
        ["development/cycle-time/items?of=delivered"] = () => Issues(
            all.Issues.Where(i => i.DeliveredAt is { } at && days.Whole.Holds(at) && development.Work.IsAsked(i, scope)), i => Between(i.Issue.CreatedAt, i.DeliveredAt)),
        ["development/cycle-time/items?of=worked"] =
            () => Issues(development.Completed(scope, days.Whole).Where(i => i.StartedAt is not null), i => Between(i.StartedAt, i.CompletedAt)),
    };

    public Dictionary<string, Func<JsonArray>> Builds() => new(StringComparer.Ordinal)
    {
        ["builds/success-rate/items?"] = () => Runs(b => b.Eventual == "succeeded"),
        ["builds/success-rate/items?selection=others"] = () => Runs(b => b.Eventual == "failed"),
        ["builds/success-rate/items?selection=left_out"] = () => Runs(b => b.Eventual is not ("succeeded" or "failed")),
        ["builds/duration/items?"] = () => Attempts(b => b is { Outcome: "succeeded", Duration: not null }),
        ["builds/duration/items?selection=left_out"] = () => Attempts(b => b is not { Outcome: "succeeded", Duration: not null }),
        ["builds/frequency/items?"] = () => Runs(b => b.Eventual != "skipped"),
    };

    private IEnumerable<PullRequest> Merged => development.Merged(scope, days.Whole);

    private JsonArray Pulls(IEnumerable<PullRequest> pulls, Func<PullRequest, double?> seconds) => Wording.Say(pulls.Select(p => new
    {
        PullRequestId = p.Id,
        Repository = all.World.RepositoryOf(p.RepositoryId).FullName,
        p.Number,
        p.Title,
        p.Url,
        p.CreatedAt,
        all.Reviewing[p.Id].ReadyAt,
        FirstReviewAt = all.Reviewing[p.Id].FirstAt,
        p.MergedAt,
        p.ClosedAt,
        IsRevert = all.RevertPulls.Contains(p),
        Seconds = seconds(p),
    }));

    private JsonArray Issues(IEnumerable<IssueTimes> issues, Func<IssueTimes, double?> seconds) => Wording.Say(issues.Select(i => new
    {
        i.Issue.Identifier,
        i.Issue.Title,
        i.Issue.CreatedAt,
        FirstStartedAt = i.StartedAt,
        LastCompletedAt = i.CompletedAt,
        i.DeliveredAt,
        PullRequests = i.Pulls.Count,
        Seconds = seconds(i),
    }));

    private JsonArray Runs(Func<MobileBuild, bool> which) => Say(all.Builds.Where(b => b.IsFirst && days.Whole.Holds(b.Attempt.CreatedAt) && which(b)));

    private JsonArray Attempts(Func<MobileBuild, bool> which) => Say(all.Builds.Where(b => days.Whole.Holds(b.Attempt.StartedAt) && which(b)));

    private JsonArray Say(IEnumerable<MobileBuild> builds) => Wording.Say(builds.Select(b => new
    {
        Id = Build.IdOf(b.Attempt.Id, b.Platform == "ios" ? BuildPlatform.Ios : BuildPlatform.Android),
        b.Attempt.Title,
        b.Platform,
        b.Outcome,
        b.Eventual,
        b.Attempt.Attempt,
        b.IsFirst,
        Sha = b.Attempt.HeadSha,
        b.Attempt.StartedAt,
        FinishedAt = b.Attempt.CompletedAt,
        DurationSeconds = b.Duration,
        QueueSeconds = b.Queue,
        IsFlaky = b.Outcome == "failed" && all.Builds.Exists(later => later.Outcome == "succeeded" && later.Platform == b.Platform
            && later.Attempt.WorkflowId == b.Attempt.WorkflowId && later.Attempt.HeadSha == b.Attempt.HeadSha && later.Attempt.StartedAt > b.Attempt.StartedAt),
    }));

    private static double? Between(DateTimeOffset? from, DateTimeOffset? to) => to - from is { } span ? Math.Max(0, span.TotalSeconds) : null;
}
