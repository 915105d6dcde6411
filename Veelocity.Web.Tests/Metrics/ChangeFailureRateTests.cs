using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>Today is 1 April 2026 in these tests.</summary>
public sealed class ChangeFailureRateTests(MetricsDatabase database)
{
    [Fact]
    public async Task M21_failed_releases_are_divided_by_releases_that_are_not_rollbacks()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-02 10:00");
        data.Release("2026-03-02 11:00", failedBy: ChangeFailure.Incident);
        data.Release("2026-03-02 12:00", failedBy: ChangeFailure.Rollback);
        data.Release("2026-03-02 13:00", rework: Rework.Rollback);
        data.Release("2026-03-02 14:00", failedBy: ChangeFailure.Revert);
        data.Deploy(data.Local("2026-03-02 15:00"), outcome: DeploymentOutcome.Failed);
        data.Deploy(data.Local("2026-03-02 16:00"), isRelease: false);
        data.Deploy(data.Local("2026-03-02 17:00"), environment: "staging", isProduction: false);
        await data.SaveAsync();

        var now = (await AskAsync(data, "2026-03-01", "2026-03-07")).Now;
        Assert.Equal(new ChangeFailureRate.Counts(Total: 4, Failed: 3, Provisional: 0, ByIncident: 1, ByRollback: 1, ByRevert: 1), now);
        Assert.Equal(0.75, now.Value);
    }

    [Fact]
    public async Task M3_without_releases_there_is_no_rate()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-02 13:00", rework: Rework.Rollback);
        await data.SaveAsync();

        var answer = await AskAsync(data, "2026-03-01", "2026-03-07");
        Assert.Null(answer.Now.Value);
        Assert.Null(answer.Band);
        Assert.Equal(Trend.None, answer.Trend);
    }

    [Fact]
    public async Task M21_releases_of_the_last_seven_days_are_provisional_unless_they_failed()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-24 23:00");
        data.Release("2026-03-25 01:00");
        data.Release("2026-03-30 10:00");
        data.Release("2026-03-31 10:00", failedBy: ChangeFailure.Incident);
        await data.SaveAsync();

        Assert.Equal(2, (await AskAsync(data, "2026-03-20", "2026-03-31")).Now.Provisional);
        var days = await data.AskAsync(ask => ask.FailureRate.ByTimeAsync(
            data.Period("2026-03-24", "2026-03-31"), data.Filter, Grouping.Day, TestContext.Current.CancellationToken));
        Assert.Equal(["2026-03-25", "2026-03-30"], days.Where(day => day.IsProvisional).Select(day => day.Key));
        Assert.Equal([0, 0, null, null, null, null, 0, 1], days.Select(day => day.Value));
    }

    [Fact]
    public void M25_five_percent_is_elite_and_more_than_twenty_is_low()
    {
        Assert.Equal(Band.Elite, Bands.OfFailureRate(0.05, 100));
        Assert.Equal(Band.High, Bands.OfFailureRate(0.1, 100));
        Assert.Equal(Band.Medium, Bands.OfFailureRate(0.2, 100));
        Assert.Equal(Band.Low, Bands.OfFailureRate(0.21, 100));
        Assert.Null(Bands.OfFailureRate(0.05, 4));
    }

    [Fact]
    public async Task M21_by_repository_the_highest_rate_comes_first()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-02 10:00", repository: "web");
        data.Release("2026-03-02 11:00", failedBy: ChangeFailure.Incident, repository: "web");
        data.Release("2026-03-02 12:00", failedBy: ChangeFailure.Revert, repository: "api");
        await data.SaveAsync();

        var rows = await data.AskAsync(ask => ask.FailureRate.ByRepositoryAsync(
            data.Period("2026-03-01", "2026-03-07"), data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal([("acme/api", 1.0), ("acme/web", 0.5)], rows.Select(row => (row.Label, row.Value!.Value)));
    }

    [Fact]
    public async Task M24_repairs_are_divided_by_all_releases()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-02 10:00");
        data.Release("2026-03-02 11:00", rework: Rework.Rollback);
        data.Release("2026-03-02 12:00", rework: Rework.Hotfix);
        data.Release("2026-03-02 13:00", rework: Rework.Hotfix);
        data.Release("2026-03-03 13:00", rework: Rework.IncidentFix);
        await data.SaveAsync();

        var period = data.Period("2026-03-01", "2026-03-07");
        var answer = await data.AskAsync(ask => ask.Rework.AskAsync(period, data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal(new ReworkRate.Counts(Total: 5, Rework: 4, Rollbacks: 1, IncidentFixes: 1, Reverts: 0, Hotfixes: 2), answer.Now);
        var days = await data.AskAsync(ask => ask.Rework.ByTimeAsync(period, data.Filter, Grouping.Day, TestContext.Current.CancellationToken));
        Assert.Equal([null, 0.75, 1, null, null, null, null], days.Select(day => day.Value));
    }

    private static Task<ChangeFailureRate.Answer> AskAsync(MeasuredData data, string first, string last) =>
        data.AskAsync(ask => ask.FailureRate.AskAsync(data.Period(first, last), data.Filter, TestContext.Current.CancellationToken));
}
