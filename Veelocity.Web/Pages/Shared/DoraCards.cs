using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Shared;

/// <summary>The four DORA cards, for the dashboard and the DORA overview alike.</summary>
internal sealed class DoraCards(DeploymentFrequency frequency, LeadTimeForChanges leadTime)
{
    private const string NoIncidentSource =
        "No incident source is connected yet, so nobody can tell which deployments caused a failure.";

    public async Task<IReadOnlyList<Kpi>> ReadAsync(PageFilter chosen, CancellationToken cancellation)
    {
        var grouping = chosen.Period.Days <= 31 ? Grouping.Day : Grouping.For(chosen.Period);
        return [await FrequencyAsync(chosen, grouping, cancellation), await LeadTimeAsync(chosen, grouping, cancellation), FailureRate, Recovery];
    }

    private async Task<Kpi> FrequencyAsync(PageFilter chosen, Grouping grouping, CancellationToken cancellation)
    {
        var answer = await frequency.AskAsync(chosen.Period, chosen.Filter, cancellation);
        var groups = await frequency.ByTimeAsync(chosen.Period, chosen.Filter, grouping, cancellation);
        return new Kpi(
            "kpi-deployment-frequency", "Deployment frequency", Definitions.DeploymentFrequency,
            chosen.Address("/dora/deployment-frequency"),
            answer.Total == 0 ? "0" : Numbers.Frequency(answer.PerDay),
            $"{Numbers.TwoFigures(answer.PerDay)} a day, {Numbers.TwoFigures(answer.PerWeek)} a week",
            IsMuted: answer.Total < Trend.FewestItems,
            Moved.Band(answer.Band),
            Moved.Trend(answer.Trend, "more often", "less often", isRiseGood: true, chosen.Versus),
            new Sparkline("spark-frequency", "navy", IsBars: true, [.. groups.Select(g => (double?)g.Count)], [.. groups.Select(g => g.IsPartial)],
                $"Deployments by {grouping.Unit}, from {groups.Min(g => g.Count)} to {groups.Max(g => g.Count)}"),
            Numbers.Count(answer.Total, "deployment"));
    }

    private async Task<Kpi> LeadTimeAsync(PageFilter chosen, Grouping grouping, CancellationToken cancellation)
    {
        var answer = await leadTime.AskAsync(chosen.Period, chosen.Filter, cancellation);
        var href = chosen.Address("/dora/lead-time");
        if (answer.Value.P50 is not { } median)
            return Without("kpi-lead-time", "Lead time for changes", Definitions.LeadTime, href,
                new KpiMissing("No merged pull request reached production in this period.", "See what is waiting", chosen.Address("/dora/changes", ("show", "waiting"))));

        var groups = await leadTime.ByTimeAsync(chosen.Period, chosen.Filter, grouping, cancellation);
        var medians = groups.Where(g => g.Median is not null).Select(g => g.Median!.Value).DefaultIfEmpty(0).ToList();
        return new Kpi(
            "kpi-lead-time", "Lead time for changes", Definitions.LeadTime, href,
            Durations.Short(median), Durations.Exact(median),
            IsMuted: answer.Value.Count < Trend.FewestItems,
            Moved.Band(answer.Band),
            Moved.Trend(answer.Trend, "slower", "faster", isRiseGood: false, chosen.Versus),
            new Sparkline("spark-lead-time", "teal", IsBars: false, [.. groups.Select(g => g.Median)], [.. groups.Select(g => g.IsPartial)],
                $"Median by {grouping.Unit}, from {Durations.Short(medians.Min())} to {Durations.Short(medians.Max())}"),
            Numbers.Count(answer.Value.Count, "pull request"));
    }

    private static Kpi FailureRate => Without("kpi-change-failure-rate", "Change failure rate", Definitions.ChangeFailureRate, null,
        new KpiMissing(NoIncidentSource, null, null));

    private static Kpi Recovery => Without("kpi-recovery", "Time to recovery", Definitions.Recovery, null,
        new KpiMissing("No incident source is connected yet, so the start and end of a failure are not known.", null, null));

    private static Kpi Without(string id, string name, string definition, string? href, KpiMissing missing) =>
        new(id, name, definition, href, null, null, IsMuted: true, null, null, null, null, missing);
}
