using FsCheck.Xunit;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Tests.Metrics.Stability;

/// <summary>Random incidents, answered by the metric and by plain C#.</summary>
public sealed class RecoveryOracleTests(MetricsDatabase database)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Property(Arbitrary = [typeof(StabilityHistories)], MaxTest = 40)]
    public async Task M23_time_to_recovery_is_what_sorting_by_hand_gives(StabilityHistory history)
    {
        var stored = await StoredStability.StoreAsync(database, history);
        // What was affected, and where nobody knows, what brought it.
        var incidents = Started(history, stored).FindAll(incident =>
            StoredStability.IsAsked(history, incident.Affected ?? incident.ReleaseIn(history)?.Service));

        var answer = await stored.Data.AskAsync(ask => ask.Recovery.AskAsync(stored.Period, stored.Filter, Stop));
        Same(incidents, answer.Now);
        var high = await stored.Data.AskAsync(ask => ask.Recovery.AskAsync(stored.Period, stored.Filter, Stop, IncidentSeverity.High));
        Same(incidents.FindAll(incident => incident.Severity == IncidentSeverity.High), high.Now);

        var groups = await stored.Data.AskAsync(ask => ask.Recovery.ByTimeAsync(stored.Period, stored.Filter, Grouping.Parse(history.Unit)!, Stop));
        Assert.Equal(stored.Oracle.Buckets(history.Unit), groups.Select(group => (group.Key, group.IsPartial)));
        foreach (var group in groups)
        {
            var lasted = Seconds(incidents.FindAll(incident => SlowOracle.KeyOf(stored.Oracle.DayOf(history.At(incident.Minutes)), history.Unit) == group.Key));
            Assert.Equal(lasted.Count, group.Count);
            Same(Mean(lasted), group.Mean);
            Same(SlowOracle.Percentile(lasted, 0.5), group.Median);
        }

        var severities = await stored.Data.AskAsync(ask => ask.Recovery.BySeverityAsync(stored.Period, stored.Filter, Stop));
        IncidentSeverity?[] worstFirst = [IncidentSeverity.Critical, IncidentSeverity.High, IncidentSeverity.Medium, IncidentSeverity.Low, null];
        Assert.Equal(worstFirst.Where(severity => incidents.Exists(incident => incident.Severity == severity)), severities.Select(row => row.Severity));
        foreach (var row in severities)
        {
            var same = incidents.FindAll(incident => incident.Severity == row.Severity);
            var lasted = Seconds(same);
            Assert.Equal((lasted.Count, same.Count - lasted.Count), (row.Count, row.Open));
            Same(Mean(lasted), row.Mean);
            Same(SlowOracle.Percentile(lasted, 0.5), row.Median);
        }
    }

    [Property(Arbitrary = [typeof(StabilityHistories)], MaxTest = 40)]
    public async Task M23_failed_deployment_recovery_is_what_adding_by_hand_gives(StabilityHistory history)
    {
        var stored = await StoredStability.StoreAsync(database, history);
        var (whole, detect, fix) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var incident in Started(history, stored))
        {
            if (incident.ReleaseIn(history) is not { } release || incident.Lasted is not { } lasted || !StoredStability.IsAsked(history, release.Service)) continue;
            var (unnoticed, over) = (incident.Minutes - release.Minutes, incident.Minutes + lasted - release.Minutes);
            // Released while it lasted: noticed at once. Over before the release was through: no time at all.
            detect.Add(60.0 * Math.Max(0, unnoticed));
            fix.Add(60.0 * Math.Max(0, unnoticed < 0 ? over : lasted));
            whole.Add(60.0 * Math.Max(0, over));
        }

        var failed = (await stored.Data.AskAsync(ask => ask.Recovery.AskAsync(stored.Period, stored.Filter, Stop))).FailedDeployment;
        Assert.Equal(whole.Count, failed.Count);
        Same(Mean(whole), failed.Mean);
        Same(SlowOracle.Percentile(whole, 0.5), failed.Median);
        Same(Mean(detect), failed.Detect);
        Same(Mean(fix), failed.Fix);
        Same(failed.Mean, failed.Detect + failed.Fix);
    }

    private static List<RandomIncident> Started(StabilityHistory history, StoredStability stored) =>
        [.. history.Incidents.Where(incident => !incident.IsLeftOut && stored.Oracle.Holds(history.At(incident.Minutes)))];

    private static List<double> Seconds(List<RandomIncident> incidents) =>
        [.. incidents.Where(incident => incident.Lasted is not null).Select(incident => incident.Lasted!.Value * 60.0)];

    private static void Same(List<RandomIncident> incidents, TimeToRecovery.Durations answer)
    {
        var lasted = Seconds(incidents);
        Assert.Equal((lasted.Count, incidents.Count - lasted.Count), (answer.Count, answer.Open));
        Same(Mean(lasted), answer.Mean);
        Same(SlowOracle.Percentile(lasted, 0.5), answer.Median);
        Same(SlowOracle.Percentile(lasted, 0.9), answer.P90);
    }

    private static double? Mean(List<double> seconds) => seconds.Count == 0 ? null : seconds.Average();

    private static void Same(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } value) Assert.Equal(value, actual!.Value, 1e-6 * Math.Max(1, value));
    }
}
