using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Veelocity.Web.Platform.Startup;

namespace Veelocity.Web.Data;

/// <summary>
/// Databases created by the fourteen migrations that <c>Initial</c> replaced: one that has all of them is adopted, an older
/// one is rejected.
/// </summary>
internal static class FormerMigrations
{
    private const string Last = "20261124002929_Badges";

    public static async Task AdoptAsync(VeelocityDb db, CancellationToken cancellation)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        var initial = db.Database.GetMigrations().First();
        if (applied.Count == 0 || applied.Contains(initial)) return;
        if (!applied.Contains(Last))
        {
            throw new StartupException(
                "This database belongs to a version before 1.0.0. Start version 1.0.0 on it once, then this version. " +
                "Nothing in the database was changed.");
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Only the rows of that upgrade needed these defaults.
        await db.Database.ExecuteSqlAsync($"""
            ALTER TABLE incidents ALTER COLUMN set_by_hand DROP DEFAULT;
            ALTER TABLE pull_requests ALTER COLUMN named_issues DROP DEFAULT;
            """, cancellation);
        // The former entries stay: version 1.0.0 looks for them while it still runs next to this one.
        var entry = new HistoryRow(initial, ProductInfo.GetVersion());
        await db.Database.ExecuteSqlRawAsync(db.GetService<IHistoryRepository>().GetInsertScript(entry), cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
