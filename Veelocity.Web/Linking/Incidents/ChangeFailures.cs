using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents;

/// <summary>
/// Writes onto each production deployment every reason why it failed (M21: a linked incident, a rollback of it, a revert of something it
/// contained after it was deployed) and whether it was unplanned (M24: a rollback, the end of an incident, the revert of something deployed,
/// a hotfix). Incidents and rollbacks that a member excluded are no reasons.
/// </summary>
internal sealed class ChangeFailures(VeelocityDb db)
{
    /// <param name="repositoryIds">Whose releases; null for all of the organization.</param>
    /// <returns>How many releases are seen otherwise than before.</returns>
    public Task<int> FindAsync(Guid organizationId, IReadOnlyCollection<Guid>? repositoryIds, CancellationToken cancellation)
    {
        var repositories = repositoryIds?.ToArray();
        return db.Database.ExecuteSqlAsync($"""
            WITH reasons AS (
                SELECT d.id,
                       array_remove(ARRAY[
                           CASE WHEN EXISTS (SELECT FROM incidents i WHERE i.deployment_id = d.id AND i.left_out IS NULL AND i.merged_into_id IS NULL
                                             AND i.link_method = 'person') THEN 'incident_by_person' END,
                           CASE WHEN EXISTS (SELECT FROM incidents i WHERE i.deployment_id = d.id AND i.left_out IS NULL AND i.merged_into_id IS NULL
                                             AND i.link_method IS DISTINCT FROM 'person') THEN 'incident' END,
                           CASE WHEN EXISTS (SELECT FROM deployments b WHERE b.takes_back_id = d.id AND b.left_out IS NULL) THEN 'rollback' END,
                           CASE WHEN EXISTS (SELECT FROM reverts v WHERE v.reverted_deployment_id = d.id) THEN 'revert' END], NULL) AS failures,
                       CASE WHEN d.is_rollback THEN 'rollback'
                            WHEN EXISTS (SELECT FROM incidents i WHERE i.fix_deployment_id = d.id AND i.left_out IS NULL AND i.merged_into_id IS NULL) THEN 'incident_fix'
                            WHEN EXISTS (SELECT FROM reverts v WHERE v.deployment_id = d.id AND v.reverted_deployment_id IS NOT NULL) THEN 'revert'
                            WHEN EXISTS (SELECT FROM deployed_changes c JOIN pull_requests p ON p.id = c.pull_request_id
                                         WHERE c.deployment_id = d.id AND p.is_hotfix) THEN 'hotfix' END AS rework
                FROM deployments d
                WHERE d.organization_id = {organizationId} AND d.is_production AND d.is_release
                  AND ({repositories}::uuid[] IS NULL OR d.repository_id = ANY ({repositories}))
            ),
            found AS (
                SELECT id, failures, rework, CASE WHEN failures[1] = 'incident_by_person' THEN 'incident' ELSE failures[1] END AS failed_by
                FROM reasons
            )
            UPDATE deployments d SET failed_by = f.failed_by, failure_reasons = f.failures, rework = f.rework
            FROM found f
            WHERE d.id = f.id AND (d.failed_by, d.failure_reasons, d.rework) IS DISTINCT FROM (f.failed_by, f.failures, f.rework)
            """, cancellation);
    }
}
