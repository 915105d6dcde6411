using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>Why a development metric (M26–M30) is what it is: a percentile between two rows, a share, a count, and the rows of each.</summary>
public sealed class DevelopmentExplained(ReviewTime review, CycleTime cycle, Throughput throughput, WorkLists lists)
{
    private const string Pull = "pull request", Issue = "issue";

    internal Task<Explanation> AskAsync(Question question, CancellationToken cancellation) => question.Metric switch
    {
        ExplainedMetric.FirstReview or ExplainedMetric.MergeTime or ExplainedMetric.WithoutReview => ReviewAsync(question, cancellation),
        ExplainedMetric.CycleTime or ExplainedMetric.WorkTime or ExplainedMetric.LinkedShare => CycleAsync(question, cancellation),
        _ => CountAsync(question, cancellation),
    };

    /// <param name="set">A <see cref="RowSet"/>'s key.</param>
    internal async Task<Explanations.Rows> RowsAsync(Question question, string set, string? reason, PageRequest page, CancellationToken cancellation)
    {
        var isTimed = question.Metric is ExplainedMetric.FirstReview or ExplainedMetric.MergeTime or ExplainedMetric.CycleTime or ExplainedMetric.WorkTime;
        var order = isTimed && set == RowSet.In ? WorkOrder.Slowest : WorkOrder.Newest;
        var part = set == RowSet.LeftOut ? new WorkPart(LeftOut: true, Reason: ReasonOf(reason)) : new WorkPart(AtLeastSeconds: question.AtLeastSeconds, BelowSeconds: question.BelowSeconds);
        if (IssuesOf(question.Metric) is { } issues)
            return new Explanations.Rows(Issues: await lists.IssuesAsync(issues, question.Period, question.Scope, order, page, cancellation, part));
        var (pulls, of) = (question.Metric, set) switch
        {
            (ExplainedMetric.WithoutReview, RowSet.Others) => (PullSet.WithReview, part),
            (ExplainedMetric.AbandonRate, RowSet.Others) => (PullSet.Merged, part),
            (ExplainedMetric.LinkedShare, RowSet.Others) => (PullSet.Linked, part with { LeftOut = true, Reason = WorkReason.Unlinked }),
            (ExplainedMetric.WithoutReview or ExplainedMetric.LinkedShare, RowSet.LeftOut) => (PullSet.Merged, part),
            _ => (PullsOf(question.Metric), part),
        };
        return new Explanations.Rows(Pulls: await lists.PullsAsync(pulls, question.Period, question.Scope, order, page, cancellation, of));
    }

    private async Task<Explanation> ReviewAsync(Question question, CancellationToken cancellation)
    {
        var now = (await review.AskAsync(question.Period, question.Scope, cancellation)).Now;
        return question.Metric switch
        {
            ExplainedMetric.FirstReview => await SpreadAsync("time to first review", "ready for review to first review", question, now.FirstReview, cancellation),
            ExplainedMetric.MergeTime => await SpreadAsync("time to merge", "ready for review to merged", question, now.Merge, cancellation),
            _ => await ShareAsync("Merged without a review", now.WithoutReview, now.Merged, "merged", question, cancellation),
        };
    }

    private async Task<Explanation> CycleAsync(Question question, CancellationToken cancellation)
    {
        var answer = await cycle.AskAsync(question.Period, question.Scope, cancellation);
        return question.Metric switch
        {
            ExplainedMetric.CycleTime => await SpreadAsync("cycle time", "created to the last linked pull request merged", question, answer.Now.Delivered, cancellation),
            ExplainedMetric.WorkTime => await SpreadAsync("time from started to completed", "started to completed", question, answer.Now.Worked, cancellation),
            _ => await ShareAsync("Merged pull requests tied to an issue", answer.Links.Linked, answer.Links.Merged, "merged", question, cancellation),
        };
    }

    private async Task<Explanation> SpreadAsync(string what, string span, Question question, Spread of, CancellationToken cancellation)
    {
        var noun = NounOf(question.Metric);
        var explained = question switch
        {
            { IsSlice: true } => await SliceAsync(what, question, of, cancellation),
            { Figure: Figure.Mean } => of.Mean is { } mean
                ? Value($"Mean {what}", mean, of.Count, noun, [$"{Durations.Exact(mean * of.Count)} in all, the sum of {span}, ÷ {Numbers.Count(of.Count, noun)} = {Durations.Exact(mean)}"])
                : Nothing($"Mean {what}", noun),
            _ => await PercentileAsync(what, question, of, cancellation),
        };
        return explained with { Sets = await SetsAsync(question, question.IsSlice ? explained.Count : of.Count, cancellation) };
    }

    private async Task<Explanation> PercentileAsync(string what, Question question, Spread of, CancellationToken cancellation)
    {
        var noun = NounOf(question.Metric);
        var (name, share, value) = question.Figure switch
        {
            Figure.P75 => ($"75th percentile of {what}", 0.75, of.P75),
            Figure.P90 => ($"90th percentile of {what}", 0.9, of.P90),
            Figure.P95 => ($"95th percentile of {what}", 0.95, of.P95),
            _ => ($"Median {what}", 0.5, of.P50),
        };
        if (value is not { } seconds) return Nothing(name, noun);
        var between = new Interpolation(share, of.Count);
        var rows = await RankedAsync(question, between, cancellation);
        return Value(name, seconds, of.Count, noun, between.InWords(noun, [.. rows.Select(row => row.Seconds)])) with { Between = rows };
    }

    private async Task<IReadOnlyList<RankedRow>> RankedAsync(Question question, Interpolation between, CancellationToken cancellation)
    {
        var found = new List<RankedRow>();
        for (var place = between.Below; place < between.Below + between.Needed; place++)
        {
            var page = new PageRequest(place + 1, 1);
            found.Add(IssuesOf(question.Metric) is { } issues
                ? Of((await lists.IssuesAsync(issues, question.Period, question.Scope, WorkOrder.Fastest, page, cancellation)).Items[0], place + 1)
                : Of((await lists.PullsAsync(PullsOf(question.Metric), question.Period, question.Scope, WorkOrder.Fastest, page, cancellation)).Items[0], place + 1));
        }
        return found;
    }

    private async Task<Explanation> SliceAsync(string what, Question question, Spread of, CancellationToken cancellation)
    {
        var (noun, part, page) = (NounOf(question.Metric), new WorkPart(AtLeastSeconds: question.AtLeastSeconds, BelowSeconds: question.BelowSeconds), new PageRequest(1, 1));
        var count = IssuesOf(question.Metric) is { } issues
            ? (await lists.IssuesAsync(issues, question.Period, question.Scope, WorkOrder.Fastest, page, cancellation, part)).Total
            : (await lists.PullsAsync(PullsOf(question.Metric), question.Period, question.Scope, WorkOrder.Fastest, page, cancellation, part)).Total;
        var range = (question.AtLeastSeconds ?? 0, question.BelowSeconds) switch
        {
            (0, { } below) => $"under {Durations.Exact(below)}",
            (var from, null) => $"{Durations.Exact(from)} and more",
            var (from, below) => $"{Durations.Exact(from)} to under {Durations.Exact(below!.Value)}",
        };
        return new Explanation(
            $"{char.ToUpperInvariant(what[0])}{what[1..]} of {range}", Numbers.Count(count, noun), null, count, noun,
            [$"{Numbers.Count(count)} ÷ {Numbers.Count(of.Count, noun)} = {Numbers.Rate((double)count / Math.Max(1, of.Count))} took {range}"], [], null, []);
    }

    private async Task<Explanation> ShareAsync(string name, long part, long whole, string of, Question question, CancellationToken cancellation)
    {
        var (some, others) = question.Metric switch
        {
            ExplainedMetric.WithoutReview => ("Without a review", "With a review"),
            ExplainedMetric.LinkedShare => ("Tied to an issue", "Tied to none"),
            _ => ("Closed without a merge", "Merged"),
        };
        var left = question.Metric == ExplainedMetric.AbandonRate ? PullSet.Abandoned : PullSet.Merged;
        var reasons = await lists.ReasonsAsync(left, question.Period, question.Scope, cancellation);
        IReadOnlyList<RowSet> sets = [RowSet.Of(RowSet.In, some, part), RowSet.Of(RowSet.Others, others, whole - part), LeftOut(reasons)];
        if (whole == 0) return new Explanation(name, null, null, 0, Pull, ["No pull request is in it, so there is no value"], [], null, sets);
        var share = (double)part / whole;
        return new Explanation(
            name, Numbers.Rate(share), $"{Numbers.Count(part)} of {Numbers.Count(whole, Pull)}", whole, Pull,
            [$"{Numbers.Count(part)} ÷ {Numbers.Count(whole, Pull)} {of} = {Numbers.Rate(share)}"], [], null, sets);
    }

    private async Task<Explanation> CountAsync(Question question, CancellationToken cancellation)
    {
        var answer = await throughput.AskAsync(question.Period, question.Scope, cancellation);
        if (question.Metric == ExplainedMetric.AbandonRate)
            return await ShareAsync("Abandon rate", answer.Now.Abandoned, answer.Now.Merged + answer.Now.Abandoned, "closed, merged or not", question, cancellation);
        var noun = NounOf(question.Metric);
        var (name, count, perWeek) = question.Metric switch
        {
            ExplainedMetric.CompletedIssues => ("Issues completed", answer.Now.Completed, answer.CompletedPerWeek),
            ExplainedMetric.Reverts => ("Reverts merged", answer.Now.Reverts, (double?)null),
            _ => ("Pull requests merged", (long?)answer.Now.Merged, answer.PerWeek),
        };
        var sets = await SetsAsync(question, count ?? 0, cancellation);
        return count is not { } known
            ? new Explanation(name, null, null, 0, noun, ["There is no issue tracker, so nothing is known of issues"], [], null, sets)
            : new Explanation(
                name, Numbers.Count(known), null, known, noun,
                [$"{Numbers.Count(known, noun)} in this period", .. perWeek is { } rate ? [$"{Numbers.TwoFigures(rate)} a week, by the time that has passed"] : Array.Empty<string>()],
                [], null, sets);
    }

    private async Task<IReadOnlyList<RowSet>> SetsAsync(Question question, long count, CancellationToken cancellation)
    {
        var reasons = IssuesOf(question.Metric) is { } issues
            ? await lists.ReasonsAsync(issues, question.Period, question.Scope, cancellation)
            : await lists.ReasonsAsync(PullsOf(question.Metric), question.Period, question.Scope, cancellation);
        return
        [
            RowSet.Of(RowSet.In, IssuesOf(question.Metric) is null ? "Pull requests" : "Issues", count),
            LeftOut(reasons),
        ];
    }

    private static RowSet LeftOut(IReadOnlyList<WorkReasonCount> reasons) =>
        RowSet.OfLeftOut([.. reasons.Select(r => new LeftOutReason(KeyOf(r.Reason), WorkReasons.NameOf(r.Reason), WorkReasons.WhyOf(r.Reason), r.Count))]);

    private static Explanation Value(string name, double seconds, long count, string noun, IReadOnlyList<string> formula) =>
        new(name, Durations.Short(seconds), Durations.Exact(seconds), count, noun, formula, [], null, []);

    private static Explanation Nothing(string name, string noun) => new(name, null, null, 0, noun, [$"No {noun} is in it, so there is no value"], [], null, []);

    private static RankedRow Of(PullItem row, long place) =>
        new(place, row.PullRequestId, DecisionSubject.PullRequest, $"{row.Title} ({row.Repository} #{row.Number})", row.Seconds ?? 0);

    private static RankedRow Of(IssueItem row, long place) => new(place, row.IssueId, DecisionSubject.PullRequest, $"{row.Identifier} {row.Title}", row.Seconds ?? 0);

    private static string NounOf(ExplainedMetric metric) => IssuesOf(metric) is null ? Pull : Issue;

    private static IssueSet? IssuesOf(ExplainedMetric metric) => metric switch
    {
        ExplainedMetric.CycleTime => IssueSet.Delivered,
        ExplainedMetric.WorkTime => IssueSet.Worked,
        ExplainedMetric.CompletedIssues => IssueSet.Completed,
        _ => null,
    };

    private static PullSet PullsOf(ExplainedMetric metric) => metric switch
    {
        ExplainedMetric.FirstReview => PullSet.Reviewed,
        ExplainedMetric.MergeTime => PullSet.MergeTimed,
        ExplainedMetric.WithoutReview => PullSet.WithoutReview,
        ExplainedMetric.LinkedShare => PullSet.Linked,
        ExplainedMetric.AbandonRate => PullSet.Abandoned,
        ExplainedMetric.Reverts => PullSet.Reverts,
        _ => PullSet.Merged,
    };

    private static string KeyOf(WorkReason reason) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString());

    private static WorkReason? ReasonOf(string? key) => Enum.GetValues<WorkReason>().Where(reason => KeyOf(reason) == key).Select(reason => (WorkReason?)reason).FirstOrDefault();
}
