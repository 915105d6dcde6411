using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Veelocity.Web.Tests.Database;

public sealed class TestDatabaseTests
{
    [Fact]
    public async Task Each_test_gets_its_own_migrated_copy()
    {
        await using var one = await TestDatabase.CreateAsync();
        await using var other = await TestDatabase.CreateAsync();
        await using (var db = one.Open())
            await db.Database.ExecuteSqlAsync($"CREATE TABLE only_here ()", TestContext.Current.CancellationToken);

        await using var elsewhere = other.Open();
        Assert.Empty(await elsewhere.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => elsewhere.Database.ExecuteSqlAsync($"SELECT FROM only_here", TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.UndefinedTable, refused.SqlState);
    }

    [Fact]
    public async Task A_test_leaves_no_database_behind()
    {
        await using var observer = await TestDatabase.CreateAsync();
        var gone = await TestDatabase.CreateAsync();
        await using (var db = gone.Open())
            await db.Organizations.CountAsync(TestContext.Current.CancellationToken);
        await gone.DisposeAsync();

        await using var look = observer.Open();
        Assert.Equal(0, await look.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_database WHERE datname = {gone.Name}").SingleAsync(TestContext.Current.CancellationToken));
    }
}
