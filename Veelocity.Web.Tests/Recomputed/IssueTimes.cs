using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>When an issue was started, completed for good and delivered (M27).</summary>
internal sealed record IssueTimes(Issue Issue, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, DateTimeOffset? DeliveredAt, List<PullRequest> Pulls)
{
    public bool IsCanceled => Issue.StateType is "canceled" or "duplicate";

    public static IssueTimes Of(Recomputation all, Issue issue)
    {
        var spans = all.World.Spans.Where(s => s.IssueId == issue.Id).OrderBy(s => s.StartedAt).ToList();
        var (started, completed) = (issue.StartedAt, issue.CompletedAt);
        if (spans.Count > 0)
        {
            started = spans.Find(s => s.StateType == "started")?.StartedAt;
            // The last time that it came from another kind of state.
            completed = spans.Where((s, at) => s.StateType == "completed" && (at == 0 || spans[at - 1].StateType != "completed")).LastOrDefault()?.StartedAt;
        }
        var pulls = all.World.Pulls.FindAll(p => all.Links.Contains((issue.Id, p.Id)));
        var isDelivered = !issue.IsTrashed && issue.StateType is not ("canceled" or "duplicate") && !pulls.Exists(p => p.State == PullRequestState.Open);
        return new(
            issue, started, issue.StateType == "completed" && !issue.IsTrashed ? completed : null, isDelivered ? pulls.Max(p => p.MergedAt) : null, pulls);
    }
}
