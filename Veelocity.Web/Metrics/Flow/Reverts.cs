using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Flow;

/// <summary>Which pull requests reverted which (M30), as linking found them.</summary>
public sealed class Reverts(VeelocityDb db)
{
    /// <summary>One took the other back.</summary>
    /// <param name="RevertMergedAt">Null while the revert is not merged.</param>
    public sealed record Pair(
        Guid TakenBackId, int TakenBackNumber, string TakenBackTitle, Guid RevertId, int RevertNumber, string RevertTitle, DateTimeOffset? RevertMergedAt);

    /// <summary>What takes one of these back, once it is merged, and what these take back.</summary>
    public async Task<IReadOnlyList<Pair>> OfAsync(Guid organizationId, IReadOnlyCollection<Guid> pullRequestIds, CancellationToken cancellation)
    {
        if (pullRequestIds.Count == 0) return [];
        var ids = pullRequestIds.ToArray();
        return await db.Database.SqlQuery<Pair>($"""
            SELECT DISTINCT p.id AS taken_back_id, p.number AS taken_back_number, p.title AS taken_back_title,
                   r.id AS revert_id, r.number AS revert_number, r.title AS revert_title, r.merged_at AS revert_merged_at
            FROM reverts v
            JOIN pull_requests p ON p.id = v.reverted_pull_request_id
            JOIN pull_requests r ON r.id = v.pull_request_id
            WHERE v.organization_id = {organizationId}
              AND ((p.id = ANY ({ids}) AND r.merged_at IS NOT NULL) OR r.id = ANY ({ids}))
            """).OrderBy(pair => pair.RevertMergedAt).ThenBy(pair => pair.RevertId).ToListAsync(cancellation);
    }
}
