using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents;

/// <summary>
/// Writes onto each release to production whether it failed (M21: a linked incident, a rollback of it, a revert of something it brought
/// after it was deployed) and whether it was unplanned (M24: a rollback, the end of an incident, the revert of something deployed, a hotfix).
/// Incidents and rollbacks that a member left out tell nothing of a release.
/// </summary>
internal sealed class ChangeFailures(VeelocityDb db)
{
    /// <param name="repositoryIds">Whose releases; null for all of the organization.</param>
    /// <returns>How many releases are seen otherwise than before.</returns>
    public Task<int> FindAsync(Guid organizationId, IReadOnlyCollection<Guid>? repositoryIds, CancellationToken cancellation)
    {
        var repositories = repositoryIds?.ToArray();
        return db.Database.ExecuteSqlAsync($"""
            WITH reverts AS (
                SELECT r.id AS revert_id, c.deployment_id AS taken_back_id
                FROM pull_requests r
                JOIN pull_requests p ON p.repository_id = r.repository_id
                    AND (p.number = r.reverts_number OR (p.merge_commit_sha >= r.reverts_sha AND p.merge_commit_sha < r.reverts_sha || 'g'))
                JOIN deployed_changes c ON c.pull_request_id = p.id
                WHERE r.organization_id = {organizationId} AND r.is_revert AND r.merged_at > c.deployed_at
                  AND ({repositories}::uuid[] IS NULL OR r.repository_id = ANY ({repositories}))
            ),
            found AS (
                SELECT d.id,
                       CASE WHEN EXISTS (SELECT FROM incidents i WHERE i.deployment_id = d.id AND i.left_out IS NULL AND i.merged_into_id IS NULL) THEN 'incident'
                            WHEN EXISTS (SELECT FROM deployments b WHERE b.takes_back_id = d.id AND b.left_out IS NULL) THEN 'rollback'
                            WHEN EXISTS (SELECT FROM reverts v WHERE v.taken_back_id = d.id) THEN 'revert' END AS failed_by,
                       CASE WHEN d.is_rollback THEN 'rollback'
                            WHEN EXISTS (SELECT FROM incidents i WHERE i.fix_deployment_id = d.id AND i.left_out IS NULL AND i.merged_into_id IS NULL) THEN 'incident_fix'
                            WHEN EXISTS (SELECT FROM deployed_changes c JOIN reverts v ON v.revert_id = c.pull_request_id
                                         WHERE c.deployment_id = d.id) THEN 'revert'
                            WHEN EXISTS (SELECT FROM deployed_changes c JOIN pull_requests p ON p.id = c.pull_request_id
                                         WHERE c.deployment_id = d.id
                                           AND (p.title ~* o.hotfix_pattern OR p.head_branch ~* o.hotfix_pattern
                                                OR array_to_string(p.labels, ' ') ~* o.hotfix_pattern)) THEN 'hotfix' END AS rework
                FROM deployments d
                JOIN organizations o ON o.id = d.organization_id
                WHERE d.organization_id = {organizationId} AND d.is_production AND d.is_release
                  AND ({repositories}::uuid[] IS NULL OR d.repository_id = ANY ({repositories}))
            )
            UPDATE deployments d SET failed_by = f.failed_by, rework = f.rework
            FROM found f
            WHERE d.id = f.id AND (d.failed_by, d.rework) IS DISTINCT FROM (f.failed_by, f.rework)
            """, cancellation);
    }
}
