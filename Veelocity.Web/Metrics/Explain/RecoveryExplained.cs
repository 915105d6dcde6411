using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>Why time to recovery and failed deployment recovery time (M23) are what they are.</summary>
public sealed class RecoveryExplained(TimeToRecovery recovery, IncidentItems items)
{
    private const string Noun = "incident";

    internal async Task<Explanation> TimeToRecoveryAsync(Question question, CancellationToken cancellation)
    {
        var answer = await recovery.AskAsync(question.Period, question.Filter, cancellation, question.Severity);
        var now = answer.Now;
        var of = question.Severity is { } severity ? $", {severity.ToString().ToLowerInvariant()} incidents" : "";
        var explained = question.Figure switch
        {
            Figure.Median => await PercentileAsync($"Median time to recovery{of}", question, IncidentItems.Set.Recovered, 0.5, now.Median, now.Count, cancellation),
            Figure.P90 => await PercentileAsync($"90th percentile of time to recovery{of}", question, IncidentItems.Set.Recovered, 0.9, now.P90, now.Count, cancellation),
            _ => Mean($"Mean time to recovery{of}", now.Mean, now.Count, "start to end") with { Band = question.Severity is null ? answer.Band : null },
        };
        return explained with { Sets = await SetsAsync(question, now.Count, IncidentItems.Set.NotRecovered, cancellation) };
    }

    internal async Task<Explanation> FailedDeploymentAsync(Question question, CancellationToken cancellation)
    {
        var failed = (await recovery.AskAsync(question.Period, question.Filter, cancellation, question.Severity)).FailedDeployment;
        var explained = question.Figure switch
        {
            Figure.Median => await PercentileAsync(
                "Median failed deployment recovery time", question, IncidentItems.Set.RecoveredFromRelease, 0.5, failed.Median, failed.Count, cancellation),
            Figure.Detect => Mean("Mean time to detect", failed.Detect, failed.Count, "end of the release to start of the incident"),
            Figure.Fix => Mean("Mean time to fix", failed.Fix, failed.Count, "start of the incident to its end"),
            _ => Mean("Mean failed deployment recovery time", failed.Mean, failed.Count, "end of the release to end of the incident"),
        };
        if (question.Figure is Figure.Headline or Figure.Mean && failed is { Detect: { } detect, Fix: { } fix })
            explained = explained with { Formula = [.. explained.Formula, $"{Durations.Exact(detect)} to detect + {Durations.Exact(fix)} to fix"] };
        return explained with { Sets = await SetsAsync(question, failed.Count, IncidentItems.Set.NotRecoveredFromRelease, cancellation) };
    }

    private async Task<IReadOnlyList<RowSet>> SetsAsync(Question question, long count, IncidentItems.Set leftOut, CancellationToken cancellation)
    {
        var reasons = await items.ReasonsAsync(question.Period, question.Filter, new(Severity: question.Severity, Of: leftOut), cancellation);
        return [RowSet.Of(RowSet.In, "Incidents", count), RowSet.OfLeftOut([.. reasons.Select(IncidentReasons.Of)])];
    }

    private async Task<Explanation> PercentileAsync(
        string name, Question question, IncidentItems.Set set, double share, double? value, long count, CancellationToken cancellation)
    {
        if (value is not { } seconds) return Nothing(name);
        var between = new Interpolation(share, count);
        var rows = await items.RankedAsync(
            question.Period, question.Filter, new(Severity: question.Severity, Of: set), between.Below, between.Needed, cancellation);
        double Took(IncidentItems.Item row) => (set == IncidentItems.Set.RecoveredFromRelease ? row.SecondsFromRelease : row.Seconds) ?? 0;
        return new Explanation(
            name, Durations.Short(seconds), Durations.Exact(seconds), count, Noun, between.InWords(Noun, [.. rows.Select(Took)]),
            [.. rows.Select((row, at) => new RankedRow(between.Below + 1 + at, row.Id, DecisionSubject.Incident, row.Title, Took(row)))], null, []);
    }

    private static Explanation Mean(string name, double? mean, long count, string span) => mean is not { } seconds
        ? Nothing(name)
        : new Explanation(
            name, Durations.Short(seconds), Durations.Exact(seconds), count, Noun,
            [$"{Durations.Exact(seconds * count)} in all, {span}, ÷ {Numbers.Count(count, Noun)} = {Durations.Exact(seconds)}"], [], null, []);

    private static Explanation Nothing(string name) => new(name, null, null, 0, Noun, ["No incident is in it, so there is no value"], [], null, []);
}
