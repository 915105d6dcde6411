using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Repositories are renamed and transferred: what names them by their old name still means them.</summary>
internal sealed class RenamedRepositories(VeelocityDb db, TimeProvider clock)
{
    /// <summary>Call before these repositories are stored under their new names.</summary>
    public async Task FollowAsync(Connection connection, IReadOnlyCollection<Repository> repositories, CancellationToken cancellation)
    {
        if (repositories.Count == 0) return;
        var ids = repositories.Select(repository => repository.Id).ToArray();
        var stored = await db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => ids.Contains(r.Id))
            .Select(r => new { r.Id, r.FullName, r.Url })
            .ToDictionaryAsync(r => r.Id, cancellation);
        foreach (var repository in repositories)
        {
            if (!stored.TryGetValue(repository.Id, out var old) || (old.FullName == repository.FullName && old.Url == repository.Url)) continue;
            await RememberAsync(repository.Id, old.Url, cancellation);
            if (connection.SelectedRepositories is null) continue;
            await db.Database.ExecuteSqlAsync($"""
                UPDATE connections SET selected_repositories =
                    (SELECT array_agg(CASE WHEN lower(name) = lower({old.FullName}) THEN {repository.FullName} ELSE name END) FROM unnest(selected_repositories) name)
                WHERE id = {connection.Id} AND selected_repositories IS NOT NULL
                """, cancellation);
        }
    }

    /// <summary>The address leads to this repository, though it is another's or nobody's by now; links are derived with it.</summary>
    public Task RememberAsync(Guid repositoryId, string formerUrl, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"""
            UPDATE repositories SET former_urls = array_append(former_urls, lower({formerUrl})), changed_at = {clock.GetUtcNow()}
            WHERE id = {repositoryId} AND lower({formerUrl}) <> ALL (former_urls)
            """, cancellation);
}
