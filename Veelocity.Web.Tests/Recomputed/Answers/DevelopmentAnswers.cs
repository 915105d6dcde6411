using System.Text.Json.Nodes;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Review time and throughput (M26, M28, M30).</summary>
internal sealed class DevelopmentAnswers(Recomputation all, Days days)
{
    private readonly Dictionary<WorkScope, List<PullRequest>> counted = [];

    public Workforce Work { get; } = new(all, days);

    public JsonObject ReviewTime(WorkScope scope, string groupBy)
    {
        var merged = Merged(scope, days.Whole).ToList();
        return Wording.Say(new
        {
            Metric = "pr_review_time",
            StartDate = days.First,
            EndDate = days.Last,
            TimeZone = days.ZoneId,
            Unit = "seconds",
            TimeToFirstReview = Spread(FirstReviews(scope, days.Whole), FirstReviews(scope, days.Before)),
            TimeToMerge = Spread(ToMerge(scope, merged), ToMerge(scope, Merged(scope, days.Before))),
            MergedWithoutReview = new { Value = Sums.Ratio(merged.Count(IsBare), merged.Count), Count = merged.Count(IsBare), Total = merged.Count },
            ByAgents = ByAgents(scope),
            Groups = Wording.Say(Work.Parts(groupBy)
                .Select(part => (part, Reviews: FirstReviews(scope, part.In, part), In: Merged(scope, part.In).Where(p => Holds(part, p)).ToList()))
                .Where(g => g.part.Start is not null || groupBy == "team" || g.In.Count > 0 || g.Reviews.Count > 0)
                .Select(g => new
                {
                    g.part.Key,
                    g.part.Label,
                    g.part.Start,
                    FirstReviewCount = g.Reviews.Count,
                    FirstReviewMedian = g.Reviews.Percentile(0.5),
                    FirstReviewP90 = g.Reviews.Percentile(0.9),
                    MergeCount = ToMerge(scope, g.In).Count,
                    MergeMedian = ToMerge(scope, g.In).Percentile(0.5),
                    MergeP90 = ToMerge(scope, g.In).Percentile(0.9),
                    Merged = g.In.Count,
                    MergedWithoutReview = g.In.Count(IsBare),
                    g.part.Partial,
                })),
        });
    }

    public JsonObject Throughput(WorkScope scope, string groupBy)
    {
        var (now, before) = (Merged(scope, days.Whole).Count(), Merged(scope, days.Before).Count());
        var (done, doneBefore) = (Completed(scope, days.Whole).Count(), Completed(scope, days.Before).Count());
        var (left, leftBefore) = (Abandoned(scope, days.Whole).Count(), Abandoned(scope, days.Before).Count());
        DateTimeOffset? firstIssue = all.World.Issues.Min(i => i.CreatedAt);
        var (elapsed, elapsedBefore) = (days.DaysIn(days.Elapsed, FirstRepository(scope)), days.DaysIn(days.Before, FirstRepository(scope)));
        var (tracked, trackedBefore) = (days.DaysIn(days.Elapsed, firstIssue), days.DaysIn(days.Before, firstIssue));
        return Wording.Say(new
        {
            Metric = "throughput",
            StartDate = days.First,
            EndDate = days.Last,
            TimeZone = days.ZoneId,
            Unit = "items",
            PullRequestsMerged = elapsed is null ? null : (int?)now,
            PullRequestsPerWeek = now / elapsed * 7,
            IssuesCompleted = tracked is null ? null : (int?)done,
            IssuesPerWeek = done / tracked * 7,
            Reverts = Merged(scope, days.Whole).Count(IsRevert),
            Abandoned = left,
            AbandonRate = Sums.Ratio(left, left + now),
            ByAgents = ByAgents(scope),
            Previous = new
            {
                PullRequestsMerged = elapsedBefore is null ? null : (int?)before,
                IssuesCompleted = trackedBefore is null ? null : (int?)doneBefore,
                AbandonRate = Sums.Ratio(leftBefore, leftBefore + before),
                PullRequestsChange = Sums.Change(now, now, elapsedBefore is null ? null : before, before),
                IssuesChange = Sums.Change(done, done, trackedBefore is null ? null : doneBefore, doneBefore),
            },
            Groups = Wording.Say(Work.Parts(groupBy).Select(part => new
            {
                part.Key,
                part.Label,
                part.Start,
                PullRequestsMerged = Merged(scope, part.In).Count(p => Holds(part, p)),
                IssuesCompleted = Completed(scope, part.In).Count(i => Holds(part, i)),
                Reverts = Merged(scope, part.In).Count(p => Holds(part, p) && IsRevert(p)),
                Abandoned = Abandoned(scope, part.In).Count(p => Holds(part, p)),
                part.Partial,
            }).Where(g => g.Start is not null || groupBy == "team" || g.PullRequestsMerged + g.IssuesCompleted + g.Abandoned > 0)),
        });
    }

    public JsonArray Distribution(List<double> values, JsonArray slices) =>
        Wording.Say(slices.Select(slice => (From: slice!["from"]!.GetValue<double>(), To: slice["to"]?.GetValue<double>()))
            .Select(slice => new { slice.From, slice.To, Count = values.Count(value => value >= slice.From && !(value >= slice.To)) }));

    public static object Spread(List<double> now, List<double> before) => new
    {
        now.Count,
        Median = now.Percentile(0.5),
        Mean = now.Mean(),
        P50 = now.Percentile(0.5),
        P75 = now.Percentile(0.75),
        P90 = now.Percentile(0.9),
        P95 = now.Percentile(0.95),
        Previous = new { before.Count, Median = before.Percentile(0.5), Change = Sums.Change(now.Percentile(0.5), now.Count, before.Percentile(0.5), before.Count) },
    };

    public IEnumerable<PullRequest> Merged(WorkScope scope, Stretch stretch) =>
        Counted(scope).Where(p => p.MergedAt is { } at && stretch.Holds(at));

    /// <summary>From ready to the first review.</summary>
    public List<double> FirstReviews(WorkScope scope, Stretch stretch, WorkPart? part = null) =>
        [.. Reviewed(scope, stretch).Where(p => part is null || Holds(part, p)).Select(p => all.Reviewing[p.Id]).Select(r => scope.Seconds(r.ReadyAt!.Value, r.FirstAt!.Value))];

    /// <summary>First reviewed in a stretch, and not closed without a merge.</summary>
    public IEnumerable<PullRequest> Reviewed(WorkScope scope, Stretch stretch) => Counted(scope).Where(p =>
        p.State != PullRequestState.Closed && all.Reviewing[p.Id] is { FirstAt: { } at, ReadyAt: not null } && stretch.Holds(at));

    public static bool Holds(WorkPart part, Guid? person, IEnumerable<Guid> repositories) =>
        repositories.DefaultIfEmpty().Any(repository => part.Holds(person, repository == Guid.Empty ? null : repository));

    public bool Holds(WorkPart part, IssueTimes issue) => Holds(part, Work.PersonOf(issue.Issue.AssigneeAccountId), issue.Pulls.Select(p => p.RepositoryId));

    public IEnumerable<IssueTimes> Completed(WorkScope scope, Stretch stretch) =>
        all.Issues.Where(i => i.CompletedAt is { } at && stretch.Holds(at) && Work.IsAsked(i, scope));

    private bool Holds(WorkPart part, PullRequest pull) => part.Holds(Work.PersonOf(pull.AuthorAccountId), pull.RepositoryId);

    public IEnumerable<PullRequest> Abandoned(WorkScope scope, Stretch stretch) =>
        Counted(scope).Where(p => p.State == PullRequestState.Closed && stretch.Holds(p.ClosedAt!.Value));

    private List<PullRequest> Counted(WorkScope scope)
    {
        if (!counted.TryGetValue(scope, out var pulls)) counted[scope] = pulls = all.World.Pulls.FindAll(p => Work.Counts(p, scope));
        return pulls;
    }

    private List<double> ToMerge(WorkScope scope, IEnumerable<PullRequest> merged) =>
        [.. merged.Where(p => all.Reviewing[p.Id].ReadyAt is not null).Select(p => scope.Seconds(all.Reviewing[p.Id].ReadyAt!.Value, p.MergedAt!.Value))];

    private int ByAgents(WorkScope scope) => Merged(scope with { Authors = "agents" }, days.Whole).Count();

    private DateTimeOffset? FirstRepository(WorkScope scope) => all.World.Repositories.Where(r => scope.RepositoryId is null || r.Id == scope.RepositoryId).Min(r => r.CreatedAt);

    private bool IsBare(PullRequest pull) => !all.Reviewing[pull.Id].IsReviewed;

    private bool IsRevert(PullRequest pull) => all.RevertPulls.Contains(pull);
}
