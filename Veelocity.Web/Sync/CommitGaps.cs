using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;

namespace Veelocity.Web.Sync;

/// <summary>Tells connectors which commits are missing in the stored graph; asked while batches are stored, so on connections of its own.</summary>
public sealed class CommitGaps(IServiceScopeFactory scopes)
{
    /// <param name="settle">Waits until everything read so far is stored.</param>
    public StoredCommits Of(Guid organizationId, Func<CancellationToken, Task> settle) => new(
        (repository, cancellation) => AskAsync(
            organizationId, settle, db => FindDeployedAndMissingAsync(db, organizationId, Repository.IdOf(organizationId, repository), cancellation), cancellation),
        (repository, shas, cancellation) => AskAsync(
            organizationId, settle, db => FindMissingAsync(db, Repository.IdOf(organizationId, repository), shas, cancellation), cancellation));

    private async Task<TAnswer> AskAsync<TAnswer>(
        Guid organizationId, Func<CancellationToken, Task> settle, Func<VeelocityDb, Task<TAnswer>> ask, CancellationToken cancellation)
    {
        await settle(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VeelocityDb>();
        db.Enter(organizationId);
        return await ask(db);
    }

    // Of environments only production, of workflows only what deploys: a preview of every pull request would bring in every branch.
    private static async Task<IReadOnlyList<string>> FindDeployedAndMissingAsync(
        VeelocityDb db, Guid organizationId, Guid repositoryId, CancellationToken cancellation)
    {
        var deployed = await new DeployedNames(db).FindAsync(organizationId, repositoryId, cancellation);
        return await db.Database.SqlQuery<string>($"""
            SELECT named.sha AS "Value"
            FROM (
                SELECT d.sha, d.created_at AS at
                FROM environment_deployments d
                WHERE d.repository_id = {repositoryId} AND d.environment = ANY ({deployed.Environments})
                UNION ALL
                SELECT sha, published_at FROM releases
                WHERE repository_id = {repositoryId} AND sha IS NOT NULL AND published_at IS NOT NULL AND NOT is_draft AND NOT is_prerelease
                UNION ALL
                SELECT sha, COALESCE(tagged_at, committed_at) FROM git_tags WHERE repository_id = {repositoryId} AND {deployed.WithTags}
                UNION ALL
                SELECT r.head_sha, r.created_at
                FROM workflow_runs r
                WHERE r.repository_id = {repositoryId} AND r.workflow_id = ANY ({deployed.WorkflowIds}) AND r.conclusion = 'success'
                  AND r.event NOT IN ('pull_request', 'pull_request_target', 'merge_group')
            ) named
            WHERE NOT EXISTS (SELECT FROM commits c WHERE c.repository_id = {repositoryId} AND c.sha = named.sha)
            GROUP BY named.sha
            ORDER BY max(named.at) DESC
            """).ToListAsync(cancellation);
    }

    private static async Task<IReadOnlySet<string>> FindMissingAsync(
        VeelocityDb db, Guid repositoryId, IReadOnlyCollection<string> shas, CancellationToken cancellation) =>
        await db.Database.SqlQuery<string>($"""
            SELECT asked.sha AS "Value"
            FROM unnest({shas.ToArray()}) AS asked(sha)
            WHERE NOT EXISTS (SELECT FROM commits c WHERE c.repository_id = {repositoryId} AND c.sha = asked.sha)
            """).ToHashSetAsync(cancellation);
}
