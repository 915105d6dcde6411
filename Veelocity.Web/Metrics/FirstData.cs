using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics;

/// <summary>When the things a filter is about began to exist; rates are not diluted by the time before (M5). Looked up once for each request.</summary>
public sealed class FirstData(VeelocityDb db, TeamScopes scopes)
{
    private readonly Dictionary<Filter, DateTimeOffset?> asked = [];

    /// <summary>The earliest creation of a repository in the filter; null when there is none.</summary>
    public async Task<DateTimeOffset?> AskAsync(Filter filter, CancellationToken cancellation)
    {
        if (asked.TryGetValue(filter, out var known)) return known;
        var services = (await scopes.ServicesAsync(filter, cancellation)).Ids;
        return asked[filter] = (await db.Database.SqlQuery<DateTimeOffset?>($"""
            SELECT min(r.created_at) AS "Value"
            FROM repositories r
            JOIN services s ON s.repository_id = r.id
            WHERE r.organization_id = {filter.OrganizationId} AND r.left_at IS NULL
              AND ({filter.RepositoryId}::uuid IS NULL OR r.id = {filter.RepositoryId})
              AND ({services}::uuid[] IS NULL OR s.id = ANY ({services}))
            """).ToListAsync(cancellation)).Single();
    }
}
