using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Issues;

/// <summary>
/// Ties issues and pull requests (M31) and derives when issues were started, delivered and completed (M27). All of it is derived anew and only
/// differences are written, so a repeat changes nothing.
/// </summary>
public sealed class IssueLinking(DatabaseDoor database, TimeProvider clock)
{
    /// <param name="repositoryIds">Whose pull requests changed, when nothing of the issues did; null for all.</param>
    /// <returns>How many rows are different from before.</returns>
    public async Task<int> LinkAsync(Guid organizationId, IReadOnlyCollection<Guid>? repositoryIds, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(organizationId, cancellation);
        await using var db = DataModule.Open(connection);
        db.OrganizationId = organizationId;
        if (!await db.Issues.AnyAsync(cancellation)) return 0;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('issues ' || {organizationId}::text, 0))", cancellation);
        var changed = await new IssueLinks(db).FindAsync(organizationId, repositoryIds, clock.GetUtcNow(), cancellation)
            + await new IssueTimes(db).FindAsync(organizationId, cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }
}
