using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Rules;

/// <summary>
/// Takes repositories out of the numbers when they are no longer among the chosen ones, and back in when they are. What was read of them
/// stays; the next linking derives nothing from it, so that a team that left does not count as one that stopped deploying.
/// </summary>
public sealed class RepositorySelection(VeelocityDb db, TimeProvider clock)
{
    /// <summary>Compares a connection's repositories with its choice; to be called when the choice was made, because names change later.</summary>
    public Task<int> FollowAsync(Guid organizationId, Guid connectionId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return db.Database.ExecuteSqlAsync($"""
            UPDATE repositories r
            SET left_at = CASE WHEN chosen.is_chosen THEN NULL ELSE {now}::timestamptz END, changed_at = {now}
            FROM (
                SELECT r.id, c.selected_repositories IS NULL OR EXISTS (
                    SELECT FROM unnest(c.selected_repositories) AS name WHERE lower(name) = lower(r.full_name)) AS is_chosen
                FROM repositories r
                JOIN connections c ON c.id = r.connection_id
                WHERE r.organization_id = {organizationId} AND c.id = {connectionId}
            ) chosen
            WHERE r.id = chosen.id AND (r.left_at IS NULL) <> chosen.is_chosen
            """, cancellation);
    }
}
