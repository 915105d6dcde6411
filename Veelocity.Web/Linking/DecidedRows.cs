using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>
/// Writes onto deployments and incidents whether a member left them out of the numbers (M35); of pull requests the facts tell. Rows may be
/// new since, so that each linking writes it again. Each method answers how many rows are seen otherwise than before.
/// </summary>
internal sealed class DecidedRows(VeelocityDb db)
{
    public Task<int> WriteDeploymentsAsync(Repository repository, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"""
            WITH decided AS (
                SELECT subject_id AS id FROM metric_decisions
                WHERE organization_id = {repository.OrganizationId} AND repository_id = {repository.Id}
                  AND subject = 'deployment' AND verdict = 'exclude' AND taken_back_at IS NULL
            )
            UPDATE deployments d SET left_out = CASE WHEN d.id IN (SELECT id FROM decided) THEN 'by_person' END
            WHERE d.repository_id = {repository.Id}
              AND (d.id IN (SELECT id FROM decided)) <> (d.left_out IS NOT NULL)
            """, cancellation);

    public Task<int> WriteIncidentsAsync(Guid organizationId, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"""
            WITH decided AS (
                SELECT subject_id AS id FROM metric_decisions
                WHERE organization_id = {organizationId} AND subject = 'incident' AND verdict = 'exclude' AND taken_back_at IS NULL
            )
            UPDATE incidents i SET left_out = CASE WHEN i.id IN (SELECT id FROM decided) THEN 'by_person' END
            WHERE i.organization_id = {organizationId}
              AND (i.id IN (SELECT id FROM decided)) <> (i.left_out IS NOT NULL)
            """, cancellation);
}
