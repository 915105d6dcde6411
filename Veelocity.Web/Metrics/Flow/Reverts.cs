using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Flow;

/// <summary>Which pull requests took which back (M30): by number or commit, as the revert says.</summary>
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
            SELECT p.id AS taken_back_id, p.number AS taken_back_number, p.title AS taken_back_title,
                   r.id AS revert_id, r.number AS revert_number, r.title AS revert_title, r.merged_at AS revert_merged_at
            FROM pull_requests p
            JOIN pull_requests r ON r.repository_id = p.repository_id AND r.is_revert AND r.merged_at IS NOT NULL
                AND (p.number = r.reverts_number OR (p.merge_commit_sha >= r.reverts_sha AND p.merge_commit_sha < r.reverts_sha || 'g'))
            WHERE p.organization_id = {organizationId} AND p.id = ANY ({ids}) AND p.merged_at IS NOT NULL
            UNION
            SELECT p.id, p.number, p.title, r.id, r.number, r.title, r.merged_at
            FROM pull_requests r
            JOIN pull_requests p ON p.repository_id = r.repository_id AND p.merged_at IS NOT NULL
                AND (p.number = r.reverts_number OR (p.merge_commit_sha >= r.reverts_sha AND p.merge_commit_sha < r.reverts_sha || 'g'))
            WHERE r.organization_id = {organizationId} AND r.id = ANY ({ids}) AND r.is_revert
            """).OrderBy(pair => pair.RevertMergedAt).ThenBy(pair => pair.RevertId).ToListAsync(cancellation);
    }
}
