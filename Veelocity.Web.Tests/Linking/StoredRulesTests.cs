using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Database;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking;

/// <summary>A rule each, from stored facts to stored links, with another organization that has the same commits and a history of its own.</summary>
public sealed class StoredRulesTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(At(72));
    private TestDatabase _database = null!;
    private DatabaseDoor _source = null!;
    private VeelocityDb _db = null!;
    private StoredHistory _shop = null!;
    private StoredHistory _other = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _source = new(NpgsqlDataSource.Create(_database.ConnectionString));
        _db = _database.Open();
        (_shop, _other) = (StoredHistory.Add(_db, "acme"), StoredHistory.Add(_db, "other"));
    }

    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task M14_V1_V2_V3_V1_is_stored_as_a_rollback_that_fails_V2_and_supersedes_V3()
    {
        foreach (var each in new[] { _shop, _other }) each.Commit("v1", 1).Commit("v2", 2, "v1").Commit("v3", 3, "v2");
        _shop.Deploy(("v1", 6), ("v2", 10), ("v3", 20), ("v1", 30));
        _other.Deploy(("v3", 5), ("v1", 25), ("v2", 35));
        await LinkAsync();

        var stored = await DeploymentsAsync(_shop);
        Assert.Equal(["v1", "v2", "v3", "v1"], stored.Select(d => d.Sha));
        Assert.All(stored, d => Assert.True(d.IsRelease));
        Assert.Equal([false, false, false, true], stored.Select(d => d.IsRollback));
        Assert.Equal([null, null, null, stored[1].Id], stored.Select(d => d.TakesBackId));
        Assert.Equal([null, ChangeFailure.Rollback, null, null], stored.Select(d => d.FailedBy));
        Assert.Equal([null, null, null, Rework.Rollback], stored.Select(d => d.Rework));
        Assert.All(await DeploymentsAsync(_other), d => Assert.Equal((false, null, null), (d.IsRollback, d.FailedBy, d.Rework)));
    }

    [Fact]
    public async Task M10_running_a_success_again_neither_moves_nor_doubles_the_stored_deployment()
    {
        foreach (var each in new[] { _shop, _other }) each.Commit("v1", 1).Commit("v2", 2, "v1").Workflow();
        _shop.Pull(2, "v2", merged: 7).Run(1, 1, "success", 6, "v1").Run(2, 1, "failure", 8, "v2").Run(2, 2, "success", 9, "v2");
        _other.Run(1, 1, "success", 5, "v1");
        await LinkAsync();
        var before = await DeploymentsAsync(_shop);
        Assert.Equal([("run 1", At(6), true), ("run 2", At(9), true)], before.Select(d => (d.SourceKey, d.FinishedAt, d.IsRelease)));
        Assert.Equal([(2, At(9), 9 * 3600.0)], await ChangesAsync(_shop));

        _shop.Run(1, 2, "success", 40, "v1").Run(2, 3, "failure", 41, "v2").Run(2, 4, "success", 42, "v2");
        await LinkAsync();
        var after = await DeploymentsAsync(_shop);
        Assert.Equal(before.Select(d => (d.Id, d.FinishedAt, d.Outcome)), after.Select(d => (d.Id, d.FinishedAt, d.Outcome)));
        Assert.Equal([(2, At(9), 9 * 3600.0)], await ChangesAsync(_shop));
        Assert.Equal(At(5), Assert.Single(await DeploymentsAsync(_other)).FinishedAt);
    }

    [Fact]
    public async Task M15_M17_squash_merge_commit_and_rebase_merge_go_out_with_the_first_deployment_that_contains_them()
    {
        // 1 was squashed into s; x was on the branch of 2, which m merged; 3 was rebased into r1 and r2.
        foreach (var each in new[] { _shop, _other })
        {
            each.Commit("a", 1).Commit("x", 2, "a").Commit("s", 9, "a").Commit("m", 15, "s", "x").Commit("r1", 22, "m").Commit("r2", 22, "r1");
            each.Pull(1, "s", merged: 9, commits: 4).Pull(2, "m", merged: 15).Pull(3, "r2", merged: 22, commits: 2);
        }
        _shop.Deploy(("a", 3), ("x", 8), ("s", 10), ("m", 20), ("r1", 30), ("r2", 40));
        _other.Deploy(("a", 3), ("r2", 50));
        await LinkAsync();

        Assert.Equal([(1, At(10), 10 * 3600.0), (2, At(20), 20 * 3600.0), (3, At(30), 30 * 3600.0)], await ChangesAsync(_shop));
        Assert.All(await ChangesAsync(_other), change => Assert.Equal(At(50), change.At));
        Assert.Equal(3, (await ChangesAsync(_other)).Count);
    }

    [Fact]
    public async Task M6_a_deployment_from_before_the_merge_is_kept_with_no_time_below_zero_and_marked()
    {
        foreach (var each in new[] { _shop, _other }) each.Commit("a", 1).Commit("b", 2, "a");
        _shop.Pull(2, "b", merged: 30).Deploy(("a", 3), ("b", 20)); // a clock was ten hours ahead
        _other.Pull(2, "b", merged: 10).Deploy(("a", 3), ("b", 20));
        await LinkAsync();

        Assert.Equal((20 * 3600.0, 0.0, true, null), await SeeAsync(_shop));
        Assert.Equal((20 * 3600.0, 10 * 3600.0, false, null), await SeeAsync(_other));

        async Task<(double, double, bool, LeftOut?)> SeeAsync(StoredHistory of)
        {
            var change = await _db.DeployedChanges.IgnoreQueryFilters().AsNoTracking().SingleAsync(c => c.RepositoryId == of.Id, Stop);
            return (change.LeadSeconds, change.DeploySeconds, change.IsSkewed, change.LeftOut);
        }
    }

    private async Task LinkAsync()
    {
        await _db.SaveChangesAsync(Stop);
        foreach (var organization in await _db.Organizations.Select(o => o.Id).ToListAsync(Stop))
            await new Linker(_source, _clock).LinkAsync(organization, null, Stop);
    }

    private Task<List<Deployment>> DeploymentsAsync(StoredHistory of) =>
        _db.Deployments.IgnoreQueryFilters().AsNoTracking().Where(d => d.RepositoryId == of.Id).OrderBy(d => d.FinishedAt).ToListAsync(Stop);

    private async Task<List<(int Number, DateTimeOffset At, double LeadSeconds)>> ChangesAsync(StoredHistory of)
    {
        var found = await (
            from change in _db.DeployedChanges.IgnoreQueryFilters()
            join pull in _db.PullRequests.IgnoreQueryFilters() on change.PullRequestId equals pull.Id
            where change.RepositoryId == of.Id
            orderby pull.Number
            select new { pull.Number, change.DeployedAt, change.LeadSeconds }).ToListAsync(Stop);
        return found.ConvertAll(row => (row.Number, row.DeployedAt, row.LeadSeconds));
    }
}
