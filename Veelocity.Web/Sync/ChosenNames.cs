using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Repositories are chosen by name, and names change: the choice follows.</summary>
internal sealed class ChosenNames(VeelocityDb db)
{
    /// <summary>To be called before these repositories are stored under their new names.</summary>
    public async Task FollowAsync(Connection connection, IReadOnlyCollection<Repository> repositories, CancellationToken cancellation)
    {
        if (connection.SelectedRepositories is null || repositories.Count == 0) return;
        var ids = repositories.Select(repository => repository.Id).ToArray();
        var stored = await db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => ids.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, r => r.FullName, cancellation);
        foreach (var repository in repositories)
        {
            if (!stored.TryGetValue(repository.Id, out var old) || old == repository.FullName) continue;
            await db.Database.ExecuteSqlAsync($"""
                UPDATE connections SET selected_repositories =
                    (SELECT array_agg(CASE WHEN lower(name) = lower({old}) THEN {repository.FullName} ELSE name END) FROM unnest(selected_repositories) name)
                WHERE id = {connection.Id} AND selected_repositories IS NOT NULL
                """, cancellation);
        }
    }
}
