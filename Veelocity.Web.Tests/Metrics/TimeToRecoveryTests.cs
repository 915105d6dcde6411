using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Tests.Metrics;

public sealed class TimeToRecoveryTests(MetricsDatabase database)
{
    private const double Hour = 3600;

    [Fact]
    public async Task M23_is_the_mean_with_the_median_beside_it_over_incidents_that_started_in_the_period()
    {
        var data = MeasuredData.In(database, "Europe/Paris");
        data.Incident("2026-03-01 00:00", 1);
        data.Incident("2026-03-03 10:00", 2);
        data.Incident("2026-03-07 23:59", 9);
        data.Incident("2026-02-28 23:59", 100);
        data.Incident("2026-03-08 00:00", 100);
        data.Incident("2026-03-05 00:00", hours: null);
        await data.SaveAsync();

        var now = (await AskAsync(data)).Now;
        Assert.Equal((3, 4 * Hour, 2 * Hour, 1), (now.Count, now.Mean, now.Median, now.Open));
    }

    [Fact]
    public async Task M3_only_open_incidents_give_no_value()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Incident("2026-03-05 00:00", hours: null);
        await data.SaveAsync();

        var answer = await AskAsync(data);
        Assert.Equal((0, null, null, 1), (answer.Now.Count, answer.Now.Mean, answer.Band, answer.Now.Open));
    }

    [Fact]
    public async Task M23_by_severity_the_worst_comes_first_and_those_without_one_last()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Incident("2026-03-02 10:00", 1);
        data.Incident("2026-03-02 10:00", 2, IncidentSeverity.Low);
        data.Incident("2026-03-02 10:00", 3, IncidentSeverity.Critical);
        data.Incident("2026-03-02 10:00", 5, IncidentSeverity.Critical);
        data.Incident("2026-03-02 10:00", hours: null, IncidentSeverity.Critical);
        await data.SaveAsync();

        var rows = await data.AskAsync(ask => ask.Recovery.BySeverityAsync(Week(data), data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal(
            [
                new(IncidentSeverity.Critical, 2, 4 * Hour, 4 * Hour, 1),
                new(IncidentSeverity.Low, 1, 2 * Hour, 2 * Hour, 0),
                new TimeToRecovery.OfSeverity(null, 1, 1 * Hour, 1 * Hour, 0),
            ],
            rows);
        var critical = await data.AskAsync(ask => ask.Recovery.AskAsync(
            Week(data), data.Filter, TestContext.Current.CancellationToken, IncidentSeverity.Critical));
        Assert.Equal((2, 4 * Hour), (critical.Now.Count, critical.Now.Mean));
    }

    [Fact]
    public async Task M23_failed_deployment_recovery_runs_from_the_release_and_splits_into_detect_and_fix()
    {
        var data = MeasuredData.In(database, "UTC");
        data.IncidentOfRelease("2026-03-02 10:00", hoursAfterRelease: 2, hours: 1);
        data.IncidentOfRelease("2026-03-03 10:00", hoursAfterRelease: 4, hours: 3);
        data.IncidentOfRelease("2026-03-04 10:00", hoursAfterRelease: -1, hours: 5); // said by a person: released while it lasted
        data.Incident("2026-03-05 10:00", 50);
        await data.SaveAsync();

        var failed = (await AskAsync(data)).FailedDeployment;
        Assert.Equal((3, 2 * Hour, 8.0 / 3 * Hour), (failed.Count, failed.Detect, failed.Fix!.Value));
        Assert.Equal((14.0 / 3 * Hour, 4 * Hour), (failed.Mean!.Value, failed.Median));
    }

    [Fact]
    public async Task M23_a_repository_s_incidents_are_those_of_its_service_or_of_the_release_that_brought_them()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Incident("2026-03-02 10:00", 1, repository: "web");
        data.IncidentOfRelease("2026-03-02 12:00", 1, hours: 3, "web");
        data.Incident("2026-03-02 10:00", 100, repository: "api");
        data.Incident("2026-03-02 10:00", 100, repository: null);
        await data.SaveAsync();

        var web = await data.AskAsync(ask => ask.Recovery.AskAsync(Week(data), data.Only("web"), TestContext.Current.CancellationToken));
        Assert.Equal((2, 2 * Hour), (web.Now.Count, web.Now.Mean));
    }

    [Fact]
    public async Task M3_a_bucket_without_resolved_incidents_is_a_gap()
    {
        var data = MeasuredData.In(database, "America/New_York");
        data.Incident("2026-03-02 23:30", 1);
        data.Incident("2026-03-04 10:00", hours: null);
        await data.SaveAsync();

        var days = await data.AskAsync(ask => ask.Recovery.ByTimeAsync(
            data.Period("2026-03-01", "2026-03-04"), data.Filter, Grouping.Day, TestContext.Current.CancellationToken));
        Assert.Equal([null, 1 * Hour, null, null], days.Select(day => day.Mean));
    }

    private static Period Week(MeasuredData data) => data.Period("2026-03-01", "2026-03-07");

    private static Task<TimeToRecovery.Answer> AskAsync(MeasuredData data) =>
        data.AskAsync(ask => ask.Recovery.AskAsync(Week(data), data.Filter, TestContext.Current.CancellationToken));
}
