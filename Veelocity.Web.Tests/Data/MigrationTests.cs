using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Data;

/// <summary>Migrations as a rollout needs them: harmless side by side, patient, and bearable for the version before, which still runs.</summary>
public sealed class MigrationTests
{
    // The last one of version 1.0.0; what follows may run while that version still serves.
    private const string Bearable = "20261124002929_Badges";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_on_one_empty_database_wait_for_one_another_and_all_end_well()
    {
        await using var empty = await OwnedDatabase.CreateAsync("NOSUPERUSER NOBYPASSRLS");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MigrateAsync(empty.ConnectionString)));
        await using var db = DataModule.Open(empty.ConnectionString);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Now));
    }

    [Fact]
    public async Task One_waits_for_another_longer_than_a_statement_of_a_page_may_take()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var other = await HistoryLock.TakeAsync(database.ConnectionString);
        var waiting = MigrateAsync(database.ConnectionString + ";Command Timeout=1");
        await Task.Delay(TimeSpan.FromSeconds(2.5), Now);
        Assert.False(waiting.IsCompleted, $"{waiting.Exception?.InnerException}");
        await other.DisposeAsync();
        await waiting;
    }

    [Fact]
    public void None_takes_away_or_renames_what_the_version_before_still_uses()
    {
        var later = typeof(VeelocityDb).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Migration)))
            .Select(type => (type.GetCustomAttribute<MigrationAttribute>()!.Id, Migration: (Migration)Activator.CreateInstance(type)!))
            .Where(migration => string.CompareOrdinal(migration.Id, Bearable) > 0).ToList();
        Assert.NotEmpty(later);
        Assert.Empty(later.SelectMany(one => one.Migration.UpOperations.Where(IsUnbearable).Select(operation => $"{one.Id}: {operation.GetType().Name}")));
    }

    [Fact]
    public void What_it_could_not_bear_is_noticed() =>
        Assert.All(
            new MigrationOperation[]
            {
                new DropTableOperation { Name = "teams" },
                new DropColumnOperation { Table = "teams", Name = "name" },
                new RenameColumnOperation { Table = "teams", Name = "name", NewName = "title" },
                new RenameTableOperation { Name = "teams", NewName = "squads" },
                new AddColumnOperation { Table = "teams", Name = "colour", ClrType = typeof(string), IsNullable = false },
                new AlterColumnOperation { Table = "teams", Name = "name", ClrType = typeof(string), IsNullable = false, OldColumn = new AddColumnOperation { ClrType = typeof(string), IsNullable = true } },
            },
            operation => Assert.True(IsUnbearable(operation)));

    private static bool IsUnbearable(MigrationOperation operation) => operation switch
    {
        DropTableOperation or DropColumnOperation or RenameColumnOperation or RenameTableOperation => true,
        AddColumnOperation added => !added.IsNullable && added.DefaultValue is null && added.DefaultValueSql is null && added.ComputedColumnSql is null,
        AlterColumnOperation altered => (altered.ColumnType != altered.OldColumn.ColumnType && !IsLongerText(altered)) || !altered.IsNullable && altered.OldColumn.IsNullable,
        _ => false,
    };

    private static bool IsLongerText(AlterColumnOperation altered) =>
        altered.ClrType == typeof(string) && altered.OldColumn.ClrType == typeof(string) && altered.MaxLength > altered.OldColumn.MaxLength;

    private static async Task MigrateAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await DataModule.MigrateAsync(source, Now);
    }
}
