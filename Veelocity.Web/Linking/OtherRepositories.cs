using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Sources;

namespace Veelocity.Web.Linking;

/// <summary>Finds the repositories that deploy another, as in GitOps (M8): those that a service says, and those whose recent commits name its commits.</summary>
internal sealed class OtherRepositories(VeelocityDb db)
{
    private const int MaxRepositories = 3;
    private const int MinCommits = 2;
    private const string Hex = "[0-9a-f]{7}";

    public async Task<List<Repository>> FindAsync(
        Repository repository, RepositoryFacts facts, IReadOnlyCollection<ServiceSource> sources, CancellationToken cancellation)
    {
        var ids = sources.Select(s => s.RepositoryId).OfType<Guid>().ToHashSet();
        ids.UnionWith(await NamingAsync(repository, facts, cancellation));
        ids.Remove(repository.Id);
        return ids.Count == 0 ? [] : await db.Repositories.AsNoTracking()
            .Where(r => ids.Contains(r.Id) && r.OrganizationId == repository.OrganizationId).OrderBy(r => r.FullName).ToListAsync(cancellation);
    }

    private async Task<IEnumerable<Guid>> NamingAsync(Repository repository, RepositoryFacts facts, CancellationToken cancellation)
    {
        // What has a production of its own is not deployed by others.
        var production = new ProductionNames(facts.ProductionPattern);
        if (facts.EnvironmentDeployments.Any(d => production.Matches(d.Environment))) return [];
        var newest = facts.Commits.Select(c => (DateTimeOffset?)c.CommittedAt).Max();
        if (newest is not { } last) return [];
        var since = last.AddDays(-90);
        var name = $"%{facts.Name.Replace("\\", "", StringComparison.Ordinal).Replace("%", "", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        var named = await db.Database.SqlQuery<Row>($"""
            SELECT c.repository_id, c.headline || COALESCE(E'\n' || p.title, '') AS text
            FROM commits c
            JOIN repositories r ON r.id = c.repository_id AND r.left_at IS NULL
            LEFT JOIN pull_requests p ON p.repository_id = c.repository_id AND p.merge_commit_sha = c.sha
            WHERE c.organization_id = {repository.OrganizationId} AND c.committed_at > {since} AND c.repository_id <> {repository.Id}
              AND (c.headline ~ {Hex} OR p.title ~ {Hex} OR c.headline ILIKE {name} OR p.title ILIKE {name})
            """).ToListAsync(cancellation);
        if (named.Count == 0) return [];
        var mentions = new Mentions(facts);
        return named.Select(row => (row.RepositoryId, Sha: mentions.CommitIn(row.Text))).Where(m => m.Sha is not null)
            .Distinct().CountBy(m => m.RepositoryId).Where(m => m.Value >= MinCommits)
            .OrderByDescending(m => m.Value).Take(MaxRepositories).Select(m => m.Key).ToList();
    }

    private sealed record Row(Guid RepositoryId, string Text);
}
