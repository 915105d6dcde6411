using FsCheck.Xunit;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>Random histories, answered by the metrics and by plain C#.</summary>
public sealed class OracleTests(MetricsDatabase database)
{
    [Property(Arbitrary = [typeof(Histories)], MaxTest = 40)]
    public async Task Deployment_frequency_is_what_counting_by_hand_gives(History history)
    {
        var (data, period, oracle) = await StoreAsync(history);
        var inPeriod = history.Deployments.Where(d => d.IsProduction && oracle.Holds(At(history, d.Minutes))).ToList();
        var releases = inPeriod.Where(d => d.IsRelease && !d.HasFailed).ToList();

        var answer = await data.AskAsync(ask => ask.Frequency.AskAsync(period, data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal(
            (releases.Count, inPeriod.Count(d => d.HasFailed), releases.Select(d => oracle.DayOf(At(history, d.Minutes))).Distinct().Count()),
            (answer.Total, answer.Failed, answer.DaysWithDeployments));
        var rate = releases.Count / oracle.ElapsedDays(Created(history));
        Assert.Equal(rate is null, answer.PerDay is null);
        Assert.Equal(rate ?? 0, answer.PerDay ?? 0, 1e-6 * Math.Max(1, rate ?? 0));

        var groups = await data.AskAsync(ask => ask.Frequency.ByTimeAsync(period, data.Filter, Grouping.Parse(history.Unit)!, TestContext.Current.CancellationToken));
        Assert.Equal(
            oracle.Buckets(history.Unit).Select(bucket => (bucket.Key, bucket.IsPartial,
                releases.Count(d => SlowOracle.KeyOf(oracle.DayOf(At(history, d.Minutes)), history.Unit) == bucket.Key))),
            groups.Select(group => (group.Key, group.IsPartial, (int)group.Count)));

        var repositories = await data.AskAsync(ask => ask.Frequency.ByRepositoryAsync(period, data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal(
            releases.GroupBy(d => Name(d.Repository)).Select(group => ("acme/" + group.Key, (long)group.Count())).Order(),
            repositories.Where(group => group.Count > 0).Select(group => (group.Label, group.Count)).Order());
    }

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 40)]
    public async Task Lead_time_is_what_sorting_by_hand_gives(History history)
    {
        var (data, period, oracle) = await StoreAsync(history);
        var inPeriod = history.Changes.Where(change => oracle.Holds(At(history, change.Minutes))).ToList();
        var included = inPeriod.Where(change => change.LeftOut is null).ToList();
        var seconds = included.Select(change => change.LeadMinutes * 60.0).ToList();

        var value = (await data.AskAsync(ask => ask.LeadTime.AskAsync(period, data.Filter, TestContext.Current.CancellationToken))).Value;
        Assert.Equal(included.Count, value.Count);
        Same(seconds.Count == 0 ? null : seconds.Average(), value.Mean);
        Same(SlowOracle.Percentile(seconds, 0.5), value.P50);
        Same(SlowOracle.Percentile(seconds, 0.75), value.P75);
        Same(SlowOracle.Percentile(seconds, 0.9), value.P90);
        Same(SlowOracle.Percentile(seconds, 0.95), value.P95);

        var groups = await data.AskAsync(ask => ask.LeadTime.ByTimeAsync(period, data.Filter, Grouping.Parse(history.Unit)!, TestContext.Current.CancellationToken));
        Assert.Equal(oracle.Buckets(history.Unit), groups.Select(group => (group.Key, group.IsPartial)));
        foreach (var group in groups)
        {
            var inside = included.Where(change => SlowOracle.KeyOf(oracle.DayOf(At(history, change.Minutes)), history.Unit) == group.Key).ToList();
            Assert.Equal(inside.Count, group.Count);
            Same(SlowOracle.Percentile(inside.Select(change => change.LeadMinutes * 60.0), 0.5), group.Median);
        }

        var leftOut = await data.AskAsync(ask => ask.LeadTime.LeftOutAsync(period, data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal(
            inPeriod.Where(change => change.LeftOut is not null).GroupBy(change => change.LeftOut!.Value).OrderBy(group => group.Key)
                .Select(group => (group.Key, (long)group.Count())),
            leftOut.Select(reason => (reason.Reason, reason.Count)));
        var slices = await data.AskAsync(ask => ask.LeadTime.DistributionAsync(period, data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal(
            slices.Select(slice => (long)seconds.Count(s => s >= slice.From && (slice.To is null || s < slice.To))),
            slices.Select(slice => slice.Count));
    }

    private async Task<(MeasuredData Data, Period Period, SlowOracle Oracle)> StoreAsync(History history)
    {
        var data = MeasuredData.In(database, history.ZoneId);
        foreach (var name in new[] { "one", "two" }) data.Repository(name, Created(history));
        foreach (var d in history.Deployments)
        {
            data.Deploy(
                At(history, d.Minutes), Name(d.Repository), d.IsRelease, d.HasFailed ? DeploymentOutcome.Failed : DeploymentOutcome.Succeeded,
                d.IsProduction ? "production" : "staging", d.IsProduction);
        }
        foreach (var change in history.Changes)
            data.Change(At(history, change.Minutes), change.LeadMinutes * 60.0, Name(change.Repository), change.LeftOut);
        await data.SaveAsync();

        var last = history.FirstDay.AddDays(history.Days - 1);
        var now = Origin(history).AddHours(36 + history.NowHours);
        return (data, new Period(history.FirstDay, last, data.Zone, now), new SlowOracle(data.Zone, history.FirstDay, last, now));
    }

    private static DateTimeOffset Origin(History history) => new(history.FirstDay.AddDays(-2).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);

    private static DateTimeOffset At(History history, int minutes) => Origin(history).AddMinutes(minutes);

    private static DateTimeOffset Created(History history) =>
        history.CreatedHours is { } hours ? Origin(history).AddHours(48 + hours) : MeasuredData.Long;

    private static string Name(int repository) => repository == 1 ? "one" : "two";

    private static void Same(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } value) Assert.Equal(value, actual!.Value, 1e-6 * Math.Max(1, value));
    }
}
