using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Builds;

/// <summary>The cards on top of the builds page.</summary>
internal sealed class BuildCards(BuildsPage page, Grouping grouping)
{
    public Kpi SuccessRate(BuildSuccessRate.Answer answer, IReadOnlyList<BuildSuccessRate.Group> groups)
    {
        var (eventual, first) = (answer.Now.Eventual, answer.Now.FirstTry);
        return eventual.Value is not { } value
            ? Without("kpi-build-success", "Success rate", Definitions.BuildSuccessRate, "No build was completed in this period.")
            : new Kpi(
                "kpi-build-success", "Success rate", Definitions.BuildSuccessRate, page.Address(BuildsPage.List, ("show", "failed")),
                Numbers.Rate(value), $"{Numbers.Count(eventual.Succeeded)} of {Numbers.Count(eventual.Total, "run")}",
                IsMuted: eventual.Total < Trend.FewestItems, null,
                Moved.Trend(answer.Trend, "higher", "lower", isRiseGood: true, page.Chosen.Versus),
                new Sparkline("spark-build-success", "navy", IsBars: false, [.. groups.Select(g => g.Rates.Eventual.Value)], [.. groups.Select(g => g.IsPartial)], $"Success rate by {grouping.Unit}"),
                first.Value is { } atFirst ? $"{Numbers.Rate(atFirst)} at the first try · {Numbers.Count(eventual.Total, "run")}" : Numbers.Count(eventual.Total, "run"),
                Why: page.Why(ExplainedMetric.BuildSuccessRate));
    }

    public Kpi Duration(BuildDuration.Answer answer, IReadOnlyList<BuildDuration.Group> groups) => answer.Value.Mean is not { } mean
        ? Without("kpi-build-duration", "Average duration", Definitions.BuildDuration, answer.Unknown > 0
            ? "The jobs of these builds have not been read yet; the next sync reads them."
            : "No build succeeded in this period.")
        : new Kpi(
            "kpi-build-duration", "Average duration", Definitions.BuildDuration, page.Address(BuildsPage.List),
            Durations.Short(mean), $"{Durations.Exact(mean)}; median {Durations.Exact(answer.Value.Median!.Value)}, 90th percentile {Durations.Exact(answer.Value.P90!.Value)}",
            IsMuted: answer.Value.Count < Trend.FewestItems, null,
            Moved.Trend(answer.Trend, "slower", "faster", isRiseGood: false, page.Chosen.Versus),
            new Sparkline("spark-build-duration", "teal", IsBars: false, [.. groups.Select(g => g.Value.Mean)], [.. groups.Select(g => g.IsPartial)], $"Average duration by {grouping.Unit}"),
            $"median {Durations.Short(answer.Value.Median!.Value)}" + (answer.Queue.Median is { } queue ? $" · queue {Durations.Short(queue)}" : ""),
            Why: page.Why(ExplainedMetric.BuildDuration));

    /// <summary>Today beside yesterday. The period's trend is about another figure, and is on its chart.</summary>
    public Kpi Today(BuildFrequency.Answer answer) => new(
        "kpi-builds-today", "Builds today", Definitions.BuildFrequency, page.Address(BuildsPage.List),
        Numbers.Count(answer.Today), null, IsMuted: false, null, null, null, $"{Numbers.Count(answer.Yesterday)} yesterday, the whole day",
        Why: page.Why(ExplainedMetric.BuildFrequency));

    public Kpi Failures(BuildFailures.Answer answer) => new(
        "kpi-build-failures", "Time spent on failures", "How long failed attempts ran, from the start of their first job to the end of their last. Waiting for a runner is not in it.",
        page.Address(BuildsPage.List, ("show", "failed")),
        Durations.Short(answer.Seconds), $"{Numbers.Count((long)Math.Round(answer.Seconds / 60), "minute")}", IsMuted: answer.Failed < Trend.FewestItems, null,
        Moved.Trend(Trend.Of(answer.Seconds, answer.Failed, answer.PreviousSeconds, answer.PreviousSeconds > 0 ? Trend.FewestItems : 0), "more", "less", isRiseGood: false, page.Chosen.Versus),
        null,
        (answer.AllSeconds > 0 ? $"{Numbers.Rate(answer.Seconds / answer.AllSeconds)} of all build time · " : "") + Numbers.Count(answer.Failed, "failed attempt")
            + (answer.Unknown > 0 ? $", {Numbers.Count(answer.Unknown)} of unknown length" : ""));

    private static Kpi Without(string id, string name, string definition, string why) =>
        new(id, name, definition, null, null, null, IsMuted: true, null, null, null, null, new KpiMissing(why, null, null));
}
