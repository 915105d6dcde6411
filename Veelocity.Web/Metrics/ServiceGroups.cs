using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics;

/// <summary>
/// Cuts a filter by service. What is of no known service is a group of its own, so that groups add up to the whole.
/// </summary>
internal sealed class ServiceGroups(VeelocityDb db, TeamScopes scopes)
{
    /// <summary>The label of incidents whose service is unknown.</summary>
    public const string NoService = "No service";

    /// <summary>
    /// The services by name, with the repository where the name alone is not unique, and at last what is of none.
    /// </summary>
    public async Task<IReadOnlyList<FilterGroup>> OfAsync(Filter filter, CancellationToken cancellation)
    {
        var asked = await scopes.ServicesAsync(filter, cancellation);
        var rows = await db.Services.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(s => s.OrganizationId == filter.OrganizationId && (filter.RepositoryId == null || s.RepositoryId == filter.RepositoryId))
            .Select(s => new
            {
                s.Id,
                s.Name,
                s.RepositoryId,
                Repository = db.Repositories.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
                    .Where(r => r.Id == s.RepositoryId).Select(r => r.FullName).Single(),
            })
            .ToListAsync(cancellation);
        var names = rows.CountBy(row => row.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        var groups = rows.Where(row => asked.Ids is null || asked.Ids.Contains(row.Id))
            .Select(row => new FilterGroup(
                row.Id, names[row.Name] == 1 ? row.Name : $"{row.Name} ({row.Repository})",
                filter with { RepositoryId = row.RepositoryId, ServiceId = row.Id }, new ServiceChoice([row.Id])))
            .OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase).ThenBy(group => group.Id);
        var hasUnknown = filter.RepositoryId is null && (asked.Ids is null || asked.WithUnknown);
        return [.. groups, .. hasUnknown
            ? [new FilterGroup(Guid.Empty, NoService, filter, new ServiceChoice([], WithUnknown: true))]
            : Array.Empty<FilterGroup>()];
    }
}
