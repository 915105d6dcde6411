using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>Why the build metrics (M32 to M34) are what they are.</summary>
public sealed class BuildsExplained(BuildSuccessRate successRate, BuildDuration duration, BuildFrequency frequency, BuildItems items, TimeProvider clock)
{
    internal async Task<Explanation> SuccessRateAsync(Question question, CancellationToken cancellation)
    {
        var answer = await successRate.AskAsync(question.Period, question.Filter, question.Platform, cancellation);
        var (eventual, first, attempts) = (answer.Now.Eventual, answer.Now.FirstTry, answer.Now.PerAttempt);
        return new Explanation(
            "Build success rate" + Of(question), eventual.Value is { } value ? Numbers.Rate(value) : null, null, eventual.Total, "run",
            eventual.Value is not { } rate ? ["No run was completed, so there is no rate"] :
            [
                $"{Numbers.Count(eventual.Succeeded)} succeeded ÷ {Numbers.Count(eventual.Total, "completed run")} = {Numbers.Rate(rate)}, where any attempt that succeeds makes its run a success",
                .. first.Value is { } atFirst ? [$"At the first try {Numbers.Count(first.Succeeded)} ÷ {Numbers.Count(first.Total)} = {Numbers.Rate(atFirst)}"] : Array.Empty<string>(),
                .. attempts.Value is { } each ? [$"Attempt by attempt {Numbers.Count(attempts.Succeeded)} ÷ {Numbers.Count(attempts.Total)} = {Numbers.Rate(each)}"] : Array.Empty<string>(),
            ],
            [], null,
            [
                RowSet.Of(RowSet.In, "Succeeded", eventual.Succeeded), RowSet.Of(RowSet.Failed, "Failed", eventual.Failed),
                await LeftOutAsync(question, BuildItems.Set.UndecidedRuns, cancellation),
            ]);
    }

    internal async Task<Explanation> DurationAsync(Question question, CancellationToken cancellation)
    {
        var answer = await duration.AskAsync(question.Period, question.Filter, question.Platform, cancellation);
        var of = answer.Value;
        var explained = question.Figure switch
        {
            Figure.Median => await PercentileAsync("Median build duration", question, 0.5, of.Median, of.Count, cancellation),
            Figure.P90 => await PercentileAsync("90th percentile of build duration", question, 0.9, of.P90, of.Count, cancellation),
            _ => of.Mean is not { } mean ? Nothing("Average build duration" + Of(question)) : new Explanation(
                "Average build duration" + Of(question), Durations.Short(mean), Durations.Exact(mean), of.Count, "build",
                [
                    $"{Durations.Exact(mean * of.Count)} in all, first job started to last job completed, ÷ {Numbers.Count(of.Count, "build")} = {Durations.Exact(mean)}",
                    .. answer.Queue.Mean is { } queue ? [$"Before that they waited {Durations.Exact(queue)} on average for a runner; that is not in it"] : Array.Empty<string>(),
                ],
                [], null, []),
        };
        return explained with { Sets = [RowSet.Of(RowSet.In, "Builds", of.Count), await LeftOutAsync(question, BuildItems.Set.NotTimed, cancellation)] };
    }

    internal async Task<Explanation> FrequencyAsync(Question question, CancellationToken cancellation)
    {
        var answer = await frequency.AskAsync(question.Period, question.Filter, question.Platform, clock.GetUtcNow(), cancellation);
        var days = answer.PerDay > 0 ? answer.Total / answer.PerDay.Value : 0;
        return new Explanation(
            "Build frequency" + Of(question), answer.Total == 0 ? "0" : Numbers.Frequency(answer.PerDay), $"{Numbers.TwoFigures(answer.PerDay)} a day", answer.Total, "run",
            [
                answer.Total == 0
                    ? "No build was run"
                    : $"{Numbers.Count(answer.Total, "run")} ÷ {Numbers.WithDecimals(days, days < 10 ? 2 : 1)} days = {Numbers.TwoFigures(answer.PerDay)} a day",
                $"{Numbers.Count(answer.Attempts, "attempt")} in all, repeated runs among them",
            ],
            [], null, [RowSet.Of(RowSet.In, "Runs", answer.Total), await LeftOutAsync(question, BuildItems.Set.NotRuns, cancellation)]);
    }

    internal static BuildItems.Set SetOf(ExplainedMetric metric, string set) => (metric, set) switch
    {
        (ExplainedMetric.BuildSuccessRate, RowSet.LeftOut) => BuildItems.Set.UndecidedRuns,
        (ExplainedMetric.BuildSuccessRate, RowSet.Failed) => BuildItems.Set.FailedRuns,
        (ExplainedMetric.BuildSuccessRate, _) => BuildItems.Set.SucceededRuns,
        (ExplainedMetric.BuildDuration, RowSet.LeftOut) => BuildItems.Set.NotTimed,
        (ExplainedMetric.BuildDuration, _) => BuildItems.Set.Timed,
        (_, RowSet.LeftOut) => BuildItems.Set.NotRuns,
        _ => BuildItems.Set.Runs,
    };

    private async Task<RowSet> LeftOutAsync(Question question, BuildItems.Set set, CancellationToken cancellation) =>
        RowSet.OfLeftOut([.. (await items.ReasonsAsync(question.Period, question.Filter, new(set, question.Platform), cancellation)).Select(BuildReasons.Of)]);

    private async Task<Explanation> PercentileAsync(string name, Question question, double share, double? value, long count, CancellationToken cancellation)
    {
        if (value is not { } seconds) return Nothing(name + Of(question));
        var between = new Interpolation(share, count);
        var rows = await items.RankedAsync(question.Period, question.Filter, question.Platform, between.Below, between.Needed, cancellation);
        return new Explanation(
            name + Of(question), Durations.Short(seconds), Durations.Exact(seconds), count, "build",
            between.InWords("build", [.. rows.Select(row => row.DurationSeconds!.Value)]),
            [.. rows.Select((row, at) => new RankedRow(between.Below + 1 + at, row.Id, null, $"{row.Title} ({row.Repository}, {row.Workflow})", row.DurationSeconds!.Value))],
            null, []);
    }

    private static Explanation Nothing(string name) => new(name, null, null, 0, "build", ["No build succeeded, so there is no value"], [], null, []);

    private static string Of(Question question) => question.Platform switch
    {
        BuildPlatform.Ios => ", iOS",
        BuildPlatform.Android => ", Android",
        _ => "",
    };
}
