using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics;

/// <summary>When the things a filter is about began to exist; rates are not diluted by the time before (M5).</summary>
public sealed class FirstData(VeelocityDb db)
{
    /// <summary>The earliest creation of a repository in the filter; null when there is none.</summary>
    public async Task<DateTimeOffset?> AskAsync(Filter filter, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<DateTimeOffset?>($"""
            SELECT min(r.created_at) AS "Value"
            FROM repositories r
            JOIN services s ON s.repository_id = r.id
            WHERE r.organization_id = {filter.OrganizationId} AND r.left_at IS NULL
              AND ({filter.RepositoryId}::uuid IS NULL OR r.id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR s.id = {filter.ServiceId})
            """).ToListAsync(cancellation)).Single();
}
