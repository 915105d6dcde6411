using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Tests.Metrics.Teams;

/// <summary>Random owners of random histories, answered by the metrics and by plain C#.</summary>
public sealed class TeamOracleTests(MetricsDatabase database)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task M19_the_lead_time_of_a_team_is_what_its_first_services_brought(int seed)
    {
        var world = await TeamWorld.StoreAsync(database, seed);
        foreach (var (id, _, services) in world.Teams)
        {
            var filter = world.Data.Filter with { TeamId = id };
            await SameAsync(world, filter, services);
            await SameAsync(world, filter with { RepositoryId = world.Data.RepositoryId("one") }, services.Where(s => TeamWorld.RepositoryOf(s) == "one").ToHashSet());
            await SameAsync(world, filter with { ServiceId = world.ServiceId(1) }, services.Where(s => s == 1).ToHashSet());
        }
        var groups = await world.Data.AskAsync(ask => ask.LeadTime.ByTeamAsync(world.Period, world.Data.Filter, Stop));
        Assert.Equal(
            world.Teams.Select(team => (team.Id.ToString(), team.Name, Seconds: LeadTimes(world, team.Services))).Where(team => team.Seconds.Count > 0)
                .Select(team => (team.Item1, team.Name, (long)team.Seconds.Count, SlowOracle.Percentile(team.Seconds, 0.5))),
            groups.Select(group => (group.Key, group.Label, group.Count, group.Median)));
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task M18_M21_M24_the_releases_of_a_team_are_those_of_its_services(int seed)
    {
        var world = await TeamWorld.StoreAsync(database, seed);
        var expected = world.Teams.Select(team =>
        {
            var releases = world.Releases.Where(release => team.Services.Contains(release.Service) && world.Holds(release.At)).ToList();
            return (team.Id, All: (long)releases.Count, Failed: (long)releases.Count(release => release.HasFailed));
        }).ToList();
        foreach (var (id, all, failed) in expected)
        {
            var filter = world.Data.Filter with { TeamId = id };
            Assert.Equal(all, (await world.Data.AskAsync(ask => ask.Frequency.AskAsync(world.Period, filter, Stop))).Total);
            Assert.Equal(all, (await world.Data.AskAsync(ask => ask.Frequency.ByTimeAsync(world.Period, filter, Grouping.Week, Stop))).Sum(group => group.Count));
            Assert.Equal(all, (await ItemsAsync(world, filter, DeploymentItems.Selection.Releases)).Total);
            var rate = (await world.Data.AskAsync(ask => ask.FailureRate.AskAsync(world.Period, filter, Stop))).Now;
            Assert.Equal((all, failed), (rate.Total, rate.Failed));
            Assert.Equal(failed, (await ItemsAsync(world, filter, DeploymentItems.Selection.Failed)).Total);
            Assert.Equal(failed, (await world.Data.AskAsync(ask => ask.Rework.AskAsync(world.Period, filter, Stop))).Now.Rework);
        }
        var some = expected.Where(team => team.All > 0).Select(team => (team.Id.ToString(), team.All, team.Failed)).ToList();
        Assert.Equal(
            expected.Where(team => team.All > 0).Select(team => (team.Id.ToString(), team.All)),
            (await world.Data.AskAsync(ask => ask.Frequency.ByTeamAsync(world.Period, world.Data.Filter, Stop))).Where(group => group.Count > 0).Select(group => (group.Key, group.Count)));
        Assert.Equal(some, (await world.Data.AskAsync(ask => ask.FailureRate.ByTeamAsync(world.Period, world.Data.Filter, Stop))).Select(group => (group.Key, group.Total, group.Failed)));
        Assert.Equal(some, (await world.Data.AskAsync(ask => ask.Rework.ByTeamAsync(world.Period, world.Data.Filter, Stop))).Select(group => (group.Key, group.Total, group.Rework)));
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task M23_the_incidents_of_a_team_are_those_of_its_services_and_what_nobody_knows_is_nobody_s(int seed)
    {
        var world = await TeamWorld.StoreAsync(database, seed);
        var groups = await world.Data.AskAsync(ask => ask.Recovery.ByTeamAsync(world.Period, world.Data.Filter, Stop));
        foreach (var (id, _, services) in world.Teams)
        {
            var theirs = world.Incidents.Where(outage => world.Holds(outage.At) && IsOf(outage.Affected ?? BroughtBy(outage))).ToList();
            var lasted = theirs.Where(outage => outage.Seconds is not null).Select(outage => (double)outage.Seconds!).ToList();
            var filter = world.Data.Filter with { TeamId = id };
            var answer = await world.Data.AskAsync(ask => ask.Recovery.AskAsync(world.Period, filter, Stop));
            Assert.Equal((lasted.Count, theirs.Count - lasted.Count), (answer.Now.Count, answer.Now.Open));
            Assert.Equal(lasted.Count == 0 ? 0 : lasted.Average(), answer.Now.Mean ?? 0, 1e-6);
            Assert.Equal(
                world.Incidents.Count(outage => world.Holds(outage.At) && outage.Seconds is not null && BroughtBy(outage) is { } service && services.Contains(service)),
                answer.FailedDeployment.Count);
            Assert.Equal(lasted.Count, groups.SingleOrDefault(group => group.Key == id.ToString())?.Count ?? 0);
            Assert.Equal(theirs.Count, (await world.Data.AskAsync(ask => ask.Incidents.AskAsync(world.Period, filter, new(), new PageRequest(), Stop))).Total);

            bool IsOf(int? service) => service is { } known ? services.Contains(known) : id == Filter.NoTeam;
        }

        int? BroughtBy(TeamWorld.Outage outage) => outage.Brought is { } place ? world.Releases[place].Service : null;
    }

    private static Task<Page<DeploymentItems.Item>> ItemsAsync(TeamWorld world, Filter filter, DeploymentItems.Selection selection) =>
        world.Data.AskAsync(ask => ask.Deployments.AskAsync(world.Period, filter, selection, new PageRequest(), Stop));

    private static async Task SameAsync(TeamWorld world, Filter filter, HashSet<int> services)
    {
        var expected = LeadTimes(world, services);
        var value = (await world.Data.AskAsync(ask => ask.LeadTime.AskAsync(world.Period, filter, Stop))).Value;
        Assert.Equal((expected.Count, SlowOracle.Percentile(expected, 0.5), SlowOracle.Percentile(expected, 0.9)), (value.Count, value.P50, value.P90));
        Assert.Equal(expected.Count, (await world.Data.AskAsync(ask => ask.LeadTime.ByTimeAsync(world.Period, filter, Grouping.Day, Stop))).Sum(group => group.Count));
        Assert.Equal(expected.Count, (await world.Data.AskAsync(ask => ask.LeadTime.StagesAsync(world.Period, filter, Stop))).Count);
        Assert.Equal(expected.Count, (await RowsAsync(ChangeItems.Selection.Included)).Total);
        var leftOut = world.Changes.Count(change => world.First(change, services) is { IsLeftOut: true, At: var at } && world.Holds(at));
        Assert.Equal(leftOut, (await RowsAsync(ChangeItems.Selection.LeftOut)).Total);
        Assert.Equal(leftOut, (await world.Data.AskAsync(ask => ask.LeadTime.LeftOutAsync(world.Period, filter, Stop))).Sum(reason => reason.Count));

        Task<Page<ChangeItems.Item>> RowsAsync(ChangeItems.Selection selection) =>
            world.Data.AskAsync(ask => ask.Changes.AskAsync(world.Period, filter, selection, ChangeItems.Order.Newest, new PageRequest(), Stop));
    }

    private static List<double> LeadTimes(TeamWorld world, HashSet<int> services) =>
        [.. world.Changes.Select(change => world.First(change, services)).OfType<(DateTimeOffset At, int Service, int Seconds, bool IsLeftOut)>()
            .Where(row => !row.IsLeftOut && world.Holds(row.At)).Select(row => (double)row.Seconds)];
}
