using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Shared;

/// <summary>The four DORA cards, for the dashboard and the DORA overview alike.</summary>
internal sealed class DoraCards(
    DeploymentFrequency frequency, LeadTimeForChanges leadTime, ChangeFailureRate failureRate, TimeToRecovery recovery, QualityNotes quality)
{
    public sealed record Answers(
        DeploymentFrequency.Answer Frequency, LeadTimeForChanges.Answer LeadTime, ChangeFailureRate.Answer FailureRate, TimeToRecovery.Answer Recovery);

    public async Task<IReadOnlyList<Kpi>> ReadAsync(PageFilter chosen, CancellationToken cancellation) =>
        await DrawAsync(chosen, await AskAsync(chosen, cancellation), cancellation);

    public async Task<Answers> AskAsync(PageFilter chosen, CancellationToken cancellation) => new(
        await frequency.AskAsync(chosen.Period, chosen.Filter, cancellation),
        await leadTime.AskAsync(chosen.Period, chosen.Filter, cancellation),
        await failureRate.AskAsync(chosen.Period, chosen.Filter, cancellation),
        await recovery.AskAsync(chosen.Period, chosen.Filter, cancellation));

    public async Task<IReadOnlyList<Kpi>> DrawAsync(PageFilter chosen, Answers answers, CancellationToken cancellation)
    {
        var grouping = chosen.Period.Days <= 31 ? Grouping.Day : Grouping.For(chosen.Period);
        var poor = await quality.ReadAsync(chosen, cancellation);
        return
        [
            await FrequencyAsync(chosen, grouping, answers.Frequency, cancellation) with { Why = Why.Address(chosen, ExplainedMetric.DeploymentFrequency), Poor = poor.Frequency },
            await LeadTimeAsync(chosen, grouping, answers.LeadTime, cancellation) with { Why = Why.Address(chosen, ExplainedMetric.LeadTime), Poor = poor.LeadTime },
            await FailureRateAsync(chosen, grouping, answers.FailureRate, cancellation) with { Why = Why.Address(chosen, ExplainedMetric.ChangeFailureRate), Poor = poor.FailureRate },
            await RecoveryAsync(chosen, grouping, answers.Recovery, cancellation) with { Why = Why.Address(chosen, ExplainedMetric.Recovery) },
        ];
    }

    private async Task<Kpi> FrequencyAsync(PageFilter chosen, Grouping grouping, DeploymentFrequency.Answer answer, CancellationToken cancellation)
    {
        var groups = await frequency.ByTimeAsync(chosen.Period, chosen.Filter, grouping, cancellation);
        return new Kpi(
            "kpi-deployment-frequency", "Deployment frequency", Definitions.DeploymentFrequency,
            chosen.Address("/dora/deployment-frequency"),
            answer.PerDay is 0 ? "0" : Numbers.Frequency(answer.PerDay),
            $"{Numbers.TwoFigures(answer.PerDay)} a day, {Numbers.TwoFigures(answer.PerWeek)} a week",
            IsMuted: answer.Total < Trend.FewestItems,
            Moved.Band(answer.Band),
            Moved.Trend(answer.Trend, "more often", "less often", isRiseGood: true, chosen.Versus),
            new Sparkline("spark-frequency", "navy", IsBars: true, [.. groups.Select(g => (double?)g.Count)], [.. groups.Select(g => g.IsPartial)],
                $"Deployments by {grouping.Unit}, from {groups.Min(g => g.Count)} to {groups.Max(g => g.Count)}"),
            Numbers.Count(answer.Total, "deployment"));
    }

    private async Task<Kpi> LeadTimeAsync(PageFilter chosen, Grouping grouping, LeadTimeForChanges.Answer answer, CancellationToken cancellation)
    {
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
            Numbers.Count(answer.Value.Count, "pull request") + chosen.InWorkingTime);
    }

    private async Task<Kpi> FailureRateAsync(PageFilter chosen, Grouping grouping, ChangeFailureRate.Answer answer, CancellationToken cancellation)
    {
        var href = chosen.Address("/dora/change-failure-rate");
        if (answer.Now.Value is not { } value)
            return Without("kpi-change-failure-rate", "Change failure rate", Definitions.ChangeFailureRate, href,
                new KpiMissing("Nothing was released to production in this period.", "See deployments", chosen.Address("/dora/deployments", ("show", "all"))));

        var groups = await failureRate.ByTimeAsync(chosen.Period, chosen.Filter, grouping, cancellation);
        return new Kpi(
            "kpi-change-failure-rate", "Change failure rate", Definitions.ChangeFailureRate, href,
            Numbers.Rate(value), $"{Numbers.Count(answer.Now.Failed)} of {Numbers.Count(answer.Now.Total, "release")} failed",
            IsMuted: answer.Now.Total < Trend.FewestItems,
            Moved.Band(answer.Band),
            Moved.Trend(answer.Trend, "more failures", "fewer failures", isRiseGood: false, chosen.Versus),
            new Sparkline("spark-failure-rate", "brick", IsBars: false, [.. groups.Select(g => g.Value)], [.. groups.Select(g => g.IsPartial)],
                $"Change failure rate by {grouping.Unit}"),
            $"{Numbers.Count(answer.Now.Failed)} of {Numbers.Count(answer.Now.Total, "release")}");
    }

    private async Task<Kpi> RecoveryAsync(PageFilter chosen, Grouping grouping, TimeToRecovery.Answer answer, CancellationToken cancellation)
    {
        var href = chosen.Address("/dora/recovery");
        if (answer.Now.Mean is not { } mean)
            return Without("kpi-recovery", "Time to recovery", Definitions.Recovery, href,
                new KpiMissing("No incident that started in this period is resolved.", "See incidents", chosen.Address("/incidents")));

        var groups = await recovery.ByTimeAsync(chosen.Period, chosen.Filter, grouping, cancellation);
        return new Kpi(
            "kpi-recovery", "Time to recovery", Definitions.Recovery, href,
            Durations.Short(mean), Durations.Exact(mean),
            IsMuted: answer.Now.Count < Trend.FewestItems,
            Moved.Band(answer.Band),
            Moved.Trend(answer.Trend, "slower", "faster", isRiseGood: false, chosen.Versus),
            new Sparkline("spark-recovery", "amber", IsBars: false, [.. groups.Select(g => g.Mean)], [.. groups.Select(g => g.IsPartial)],
                $"Mean time to recovery by {grouping.Unit}"),
            Numbers.Count(answer.Now.Count, "incident") + chosen.InWorkingTime);
    }

    private static Kpi Without(string id, string name, string definition, string? href, KpiMissing missing) =>
        new(id, name, definition, href, null, null, IsMuted: true, null, null, null, null, missing);
}
