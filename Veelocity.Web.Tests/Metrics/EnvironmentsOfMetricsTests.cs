using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Tests.Metrics;

public sealed class EnvironmentsOfMetricsTests(MetricsDatabase database)
{
    private const double Hour = 3600;

    [Fact]
    public async Task M23_time_to_recovery_and_its_rows_are_of_one_environment()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-01 10:00", "web");
        data.Incident("2026-03-02 10:00", 1);
        AddIncident(data, "2026-03-03 10:00", 2, "production", isProduction: true);
        AddIncident(data, "2026-03-04 10:00", 5, "staging", isProduction: false);
        AddIncident(data, "2026-03-05 10:00", null, "staging", isProduction: false);
        await data.SaveAsync();

        Assert.Equal((2, 1.5 * Hour, 0), await RecoveryAsync(data, null));
        Assert.Equal((2, 1.5 * Hour, 0), await RecoveryAsync(data, "production"));
        Assert.Equal((1, 5 * Hour, 1), await RecoveryAsync(data, "staging"));
        Assert.Equal((0, null, 0), await RecoveryAsync(data, "qa"));
    }

    [Fact]
    public async Task M23_what_ended_at_an_unknown_time_is_neither_open_nor_in_the_mean()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Incident("2026-03-02 10:00", 1);
        AddIncident(data, "2026-03-03 10:00", null, null, isProduction: true, hasUnknownEnd: true);
        await data.SaveAsync();

        Assert.Equal((1, Hour, 0), await RecoveryAsync(data, null));
        var (left, reasons) = await data.AskAsync(async ask => (
            await ask.Incidents.AskAsync(Week(data), data.Filter, new(Of: IncidentItems.Set.NotRecovered),
                PageRequest.Everything, TestContext.Current.CancellationToken),
            await ask.Incidents.ReasonsAsync(Week(data), data.Filter, new(Of: IncidentItems.Set.NotRecovered),
                TestContext.Current.CancellationToken)));
        Assert.Equal(IncidentItems.State.EndUnknown, Assert.Single(left.Items).State);
        Assert.Equal([IncidentItems.Reason.EndUnknown], reasons.Select(r => r.Reason));
    }

    [Fact]
    public async Task M19_lead_time_into_another_environment_is_measured_to_its_deployments()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Change("2026-03-03 10:00", 10);
        data.Put((owner, rows, next, factor) =>
        {
            var number = next();
            var at = data.Local("2026-03-02 10:00");
            var staging = owner.AddDeployment(rows, "web", number, at, isRelease: true, DeploymentOutcome.Succeeded,
                "staging", isProduction: false);
            owner.AddPullRequest(rows, "web", number, at.AddHours(-1), isRevert: false, waitingSince: at.AddHours(-1));
            owner.AddPullRequest(rows, "web", number + 1000, at.AddHours(-1), isRevert: false,
                waitingSince: at.AddHours(-1));
            rows.Add(new EnvironmentChange
            {
                PullRequestId = PullRequest.IdOf(owner.RepositoryId("web"), number),
                OrganizationId = owner.Id,
                RepositoryId = owner.RepositoryId("web"),
                ServiceId = owner.ServiceId("web"),
                Environment = "staging",
                DeploymentId = staging,
                DeployedAt = at,
                LeadSeconds = 4 * Hour * factor,
                CodingSeconds = 4 * Hour * factor,
            });
        });
        await data.SaveAsync();

        Assert.Equal((1, 10 * Hour, 1, 2), await LeadTimeAsync(data, null));
        Assert.Equal((1, 10 * Hour, 1, 2), await LeadTimeAsync(data, "production"));
        Assert.Equal((1, 4 * Hour, 1, 2), await LeadTimeAsync(data, "staging"));
        Assert.Equal((0, null, 0, 0), await LeadTimeAsync(data, "qa"));
    }

    [Fact]
    public async Task M22_change_failures_follow_the_window_that_is_asked_for()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-02 10:00");
        data.Put((owner, rows, next, _) =>
        {
            var release = owner.AddDeployment(
                rows, "web", next(), data.Local("2026-03-03 10:00"), isRelease: true, DeploymentOutcome.Succeeded,
                    "production", isProduction: true);
            rows.Add(new Incident { OrganizationId = owner.Id, Title = "Down",
                StartedAt = data.Local("2026-03-04 16:00"), WindowDeploymentId = release,
                WindowGapSeconds = 30 * Hour });
        });
        await data.SaveAsync();

        Assert.Equal((0, 0), await FailedAsync(data, null));
        Assert.Equal((0, 0), await FailedAsync(data, 24));
        Assert.Equal((1, 1), await FailedAsync(data, 31));
    }

    private static Period Week(MeasuredData data) => data.Period("2026-03-01", "2026-03-07");

    private static void AddIncident(MeasuredData data, string wallClock, double? hours, string? environment,
        bool isProduction, bool hasUnknownEnd = false) =>
        data.Put((owner, rows, _, factor) =>
        {
            owner.AddRepository(rows, "web", MeasuredData.Long);
            var at = data.Local(wallClock);
            var incident = new Incident { OrganizationId = owner.Id, Title = "Down", IsProduction = isProduction,
                StartedAt = at };
            incident.Follow(new IncidentReport(
                "Down", null, null, owner.ServiceId("web"), environment, null, at, null, hours is { } lasted
                    ? at.AddHours(lasted * factor) : null, at) { HasUnknownEnd = hasUnknownEnd });
            rows.Add(incident);
        });

    private static async Task<(long, double?, long)> RecoveryAsync(MeasuredData data, string? environment)
    {
        var filter = data.Filter with { Environment = environment };
        var (answer, rows) = await data.AskAsync(async ask => (
            await ask.Recovery.AskAsync(Week(data), filter, TestContext.Current.CancellationToken),
            await ask.Incidents.AskAsync(Week(data), filter, new(Of: IncidentItems.Set.Recovered),
                PageRequest.Everything, TestContext.Current.CancellationToken)));
        Assert.Equal(answer.Now.Count, rows.Total);
        return (answer.Now.Count, answer.Now.Mean, answer.Now.Open);
    }

    private static async Task<(long, double?, long, long)> LeadTimeAsync(MeasuredData data, string? environment)
    {
        var filter = data.Filter with { Environment = environment };
        return await data.AskAsync(async ask =>
        {
            var answer = await ask.LeadTime.AskAsync(Week(data), filter, TestContext.Current.CancellationToken);
            var stages = await ask.LeadTime.StagesAsync(Week(data), filter, TestContext.Current.CancellationToken);
            var rows = await ask.Changes.AskAsync(Week(data), filter, ChangeItems.Selection.Included,
                ChangeItems.Order.Newest, PageRequest.Everything, TestContext.Current.CancellationToken);
            var waiting = await ask.Waiting.AskAsync(filter, TestContext.Current.CancellationToken);
            Assert.Equal(stages.Count, rows.Total);
            return (answer.Value.Count, answer.Value.P50, rows.Total, waiting.Count);
        });
    }

    private static async Task<(long, long)> FailedAsync(MeasuredData data, int? windowHours)
    {
        var filter = data.Filter with { WindowHours = windowHours };
        return await data.AskAsync(async ask => (
            (await ask.FailureRate.AskAsync(Week(data), filter, TestContext.Current.CancellationToken)).Now.Failed,
            (await ask.Deployments.AskAsync(Week(data), filter, DeploymentItems.Selection.Failed,
                PageRequest.Everything, TestContext.Current.CancellationToken)).Total));
    }
}
