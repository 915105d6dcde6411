using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Tests.Metrics.Stability;

/// <summary>Recovery by the organization's working hours: Monday to Friday, 9 to 18.</summary>
public sealed class WorkingClockTests(MetricsDatabase database)
{
    private const double Hour = 3600;

    private static readonly WorkingHours Week = new(
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], new(9, 0), new(18, 0), [new(2026, 3, 16)]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M7_recovery_over_a_weekend_is_65_hours_by_the_calendar_and_2_by_the_working_clock_and_has_no_band_by_it()
    {
        var data = MeasuredData.In(database, "Europe/Paris");
        for (var i = 0; i < 5; i++) data.Incident("2026-03-06 17:00", 65, IncidentSeverity.High);
        data.Incident("2026-03-07 12:00", hours: 3); // all of it on a Saturday
        data.Incident("2026-03-06 17:00", hours: null);
        await data.SaveAsync();

        var calendar = await AskAsync(data, data.Filter);
        Assert.Equal((6, 65 * Hour, Band.Medium, 1), (calendar.Now.Count, calendar.Now.Median, calendar.Band, calendar.Now.Open));
        var working = await AskAsync(data, Working(data));
        Assert.Equal((6, 2 * Hour, 10 * Hour / 6, null, 1), (working.Now.Count, working.Now.Median, working.Now.Mean, working.Band, working.Now.Open));

        var severities = await data.AskAsync(ask => ask.Recovery.BySeverityAsync(Month(data), Working(data), Stop));
        Assert.Equal([2 * Hour, 0], severities.Select(row => row.Median));
        var weeks = await data.AskAsync(ask => ask.Recovery.ByTimeAsync(Month(data), Working(data), Grouping.Week, Stop));
        Assert.Equal(10 * Hour / 6, Assert.Single(weeks, week => week.Count > 0).Mean);
    }

    [Fact]
    public async Task M7_failed_deployment_recovery_and_its_parts_follow_the_working_clock()
    {
        var data = MeasuredData.In(database, "Europe/Paris");
        data.IncidentOfRelease("2026-03-06 17:00", hoursAfterRelease: 0.5, hours: 65);
        data.IncidentOfRelease("2026-03-13 20:00", hoursAfterRelease: 10, hours: 88); // released at 10:00; over on Tuesday at 12:00, after a holiday
        await data.SaveAsync();

        var calendar = (await AskAsync(data, data.Filter)).FailedDeployment;
        Assert.Equal((2, (65.5 + 98) / 2 * Hour, 5.25 * Hour, 76.5 * Hour), (calendar.Count, calendar.Mean, calendar.Detect, calendar.Fix));
        var working = (await AskAsync(data, Working(data))).FailedDeployment;
        Assert.Equal((2, (2.5 + 11) / 2 * Hour, 4.25 * Hour, 2.5 * Hour), (working.Count, working.Mean, working.Detect, working.Fix));
    }

    private static Period Month(MeasuredData data) => data.Period("2026-03-01", "2026-03-28");

    private static Filter Working(MeasuredData data) => data.Filter with { Working = new WorkingTime(Week, data.Zone) };

    private static Task<TimeToRecovery.Answer> AskAsync(MeasuredData data, Filter filter) =>
        data.AskAsync(ask => ask.Recovery.AskAsync(Month(data), filter, Stop));
}
