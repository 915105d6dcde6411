using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>Why a lead time is what it is: a percentile between two pull requests (M2), a mean, a stage (M20) or one slice of all.</summary>
public sealed class LeadTimeExplained(LeadTimeForChanges leadTime, ChangeItems items)
{
    internal async Task<Explanation> AskAsync(Question question, CancellationToken cancellation)
    {
        var (period, filter) = (question.Period, question.Filter);
        var answer = await leadTime.AskAsync(period, filter, cancellation);
        var leftOut = await items.ReasonsAsync(period, filter, ChangeItems.Selection.LeftOut, cancellation);
        var included = answer.Value.Count;
        var explained = question switch
        {
            { IsSlice: true } => await SliceAsync(question, answer.Value, cancellation),
            { Figure: Figure.Mean } => Mean("Mean lead time", answer.Value.Mean, included, "lead times"),
            { Figure: >= Figure.Coding and <= Figure.Deploy } => await StageAsync(question, cancellation),
            _ => await PercentileAsync(question, answer, cancellation),
        };
        var inIt = question.IsSlice ? explained.Count : included;
        return explained with { Sets = [RowSet.Of(RowSet.In, "Pull requests", inIt), RowSet.OfLeftOut([.. leftOut.Select(ChangeReasons.Of)])] };
    }

    private async Task<Explanation> PercentileAsync(Question question, LeadTimeForChanges.Answer answer, CancellationToken cancellation)
    {
        var (name, share, value) = question.Figure switch
        {
            Figure.P75 => ("75th percentile of lead time", 0.75, answer.Value.P75),
            Figure.P90 => ("90th percentile of lead time", 0.9, answer.Value.P90),
            Figure.P95 => ("95th percentile of lead time", 0.95, answer.Value.P95),
            _ => ("Median lead time", 0.5, answer.Value.P50),
        };
        if (value is not { } seconds) return Nothing(name);
        var between = new Interpolation(share, answer.Value.Count);
        var rows = await items.RankedAsync(question.Period, question.Filter, between.Below, between.Needed, cancellation);
        return new Explanation(
            name, Durations.Short(seconds), Durations.Exact(seconds), answer.Value.Count, "pull request",
            between.InWords("pull request", [.. rows.Select(row => row.LeadSeconds!.Value)]),
            [.. rows.Select((row, at) => new RankedRow(
                between.Below + 1 + at, row.PullRequestId, DecisionSubject.PullRequest, $"{row.Title} ({row.Repository} #{row.Number})", row.LeadSeconds!.Value))],
            share == 0.5 ? answer.Band : null, []);
    }

    private async Task<Explanation> StageAsync(Question question, CancellationToken cancellation)
    {
        var stages = await leadTime.StagesAsync(question.Period, question.Filter, cancellation);
        var (name, mean) = question.Figure switch
        {
            Figure.Coding => ("coding", stages.Coding),
            Figure.Pickup => ("pickup", stages.Pickup),
            Figure.Review => ("review", stages.Review),
            Figure.Merge => ("merge", stages.Merge),
            _ => ("deploy", stages.Deploy),
        };
        var explained = Mean($"Mean time in {name}", mean, stages.Count, "times in this stage");
        return question.Figure is Figure.Pickup or Figure.Review && mean is not null
            ? explained with { Formula = [.. explained.Formula, "A pull request that nobody reviewed counts as 0 here, so that the stages add up to the mean lead time"] }
            : explained;
    }

    private async Task<Explanation> SliceAsync(Question question, LeadTimeForChanges.Percentiles all, CancellationToken cancellation)
    {
        var rows = await items.AskAsync(
            question.Period, question.Filter, ChangeItems.Selection.Included, ChangeItems.Order.Fastest, new PageRequest(1, 1), cancellation,
            new ChangeItems.Part(question.AtLeastSeconds, question.BelowSeconds));
        var range = (question.AtLeastSeconds ?? 0, question.BelowSeconds) switch
        {
            (0, { } below) => $"under {Durations.Exact(below)}",
            (var from, null) => $"{Durations.Exact(from)} and more",
            var (from, below) => $"{Durations.Exact(from)} to under {Durations.Exact(below!.Value)}",
        };
        return new Explanation(
            $"Lead time of {range}", Numbers.Count(rows.Total, "pull request"), null, rows.Total, "pull request",
            [$"{Numbers.Count(rows.Total)} ÷ {Numbers.Count(all.Count, "pull request")} = {Numbers.Rate((double)rows.Total / Math.Max(1, all.Count))} took {range}"],
            [], null, []);
    }

    private static Explanation Mean(string name, double? mean, long count, string summed) => mean is not { } seconds
        ? Nothing(name)
        : new Explanation(
            name, Durations.Short(seconds), Durations.Exact(seconds), count, "pull request",
            [$"{Durations.Exact(seconds * count)} in all, the sum of the {summed}, ÷ {Numbers.Count(count, "pull request")} = {Durations.Exact(seconds)}"],
            [], null, []);

    private static Explanation Nothing(string name) =>
        new(name, null, null, 0, "pull request", ["No pull request is in it, so there is no value"], [], null, []);
}
