using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>What is held in memory, against a database in which others write.</summary>
public sealed class ColumnStoreTests(MetricsDatabase database) : IClassFixture<MetricsDatabase>
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_number_is_never_older_than_the_tables_whoever_writes_them()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-02 10:00", "web");
        data.Release("2026-03-03 10:00", "api");
        await data.SaveAsync();
        Assert.Equal(2, await ReleasesAsync(data));

        data.Release("2026-03-04 10:00", "api");
        await data.SaveRowsAsync();
        Assert.Equal(3, await ReleasesAsync(data));

        await using (var db = await database.OpenAsync())
        {
            await db.Database.ExecuteSqlAsync($"UPDATE deployments SET left_out = 'by_person' WHERE repository_id = {data.RepositoryId("web")}", cancellation);
        }
        Assert.Equal(2, await ReleasesAsync(data));

        await using (var db = await database.OpenAsync())
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM deployments WHERE repository_id = {data.RepositoryId("api")}", cancellation);
        }
        Assert.Equal(0, await ReleasesAsync(data));
    }

    [Fact]
    public async Task A_write_counts_only_for_the_repositories_it_changes()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-02 10:00", "web");
        data.Release("2026-03-03 10:00", "api");
        await data.SaveAsync();
        var before = await VersionsAsync();

        await using var db = await database.OpenAsync();
        await db.Database.ExecuteSqlAsync($"UPDATE deployments SET title = 'again' WHERE repository_id = {data.RepositoryId("web")}", cancellation);
        await db.Database.ExecuteSqlAsync($"UPDATE deployments SET title = 'none' WHERE false", cancellation);

        var changed = (await VersionsAsync()).Where(after => before.GetValueOrDefault(after.Key) != after.Value).ToList();
        Assert.Equal([KeyValuePair.Create(data.RepositoryId("web"), before[data.RepositoryId("web")] + 1)], changed);
    }

    [Fact]
    public async Task What_is_rolled_back_was_never_there()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-02 10:00", "web");
        await data.SaveAsync();

        await using var db = await database.OpenAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"DELETE FROM deployments WHERE repository_id = {data.RepositoryId("web")}", cancellation);
        Assert.Equal(1, await ReleasesAsync(data));
        await transaction.RollbackAsync(cancellation);
        Assert.Equal(1, await ReleasesAsync(data));
    }

    private Task<long> ReleasesAsync(MeasuredData data) => data.AskAsync(async metrics =>
        (await metrics.Frequency.AskAsync(data.Period("2026-03-01", "2026-03-31"), data.Filter, cancellation)).Total);

    private async Task<Dictionary<Guid, long>> VersionsAsync()
    {
        await using var db = await database.OpenAsync();
        return await db.MetricsVersions.IgnoreQueryFilters().ToDictionaryAsync(v => v.ScopeId, v => v.Version, cancellation);
    }
}
