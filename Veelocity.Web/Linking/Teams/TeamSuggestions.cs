using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Teams;

/// <summary>
/// Which repositories a team seems to own: those whose pull requests of the last 90 days were mostly written by its members. Clear ones are
/// applied, the others only suggested.
/// </summary>
public sealed class TeamSuggestions(VeelocityDb db, TimeProvider clock)
{
    public const int Days = 90;

    /// <summary>Fewer say nothing.</summary>
    public const int FewestPulls = 5;

    /// <summary>From this share on nobody has to be asked.</summary>
    public const double ClearShare = 0.8;

    /// <param name="Pulls">By people, merged in the last 90 days.</param>
    /// <param name="OfMembers">Of those, written by the team's members.</param>
    public sealed record Suggestion(Guid RepositoryId, string Repository, long Pulls, long OfMembers)
    {
        public double Share => (double)OfMembers / Pulls;
    }

    /// <summary>Those that the team does not own yet, the clearest first.</summary>
    public async Task<IReadOnlyList<Suggestion>> OfAsync(Guid organizationId, Guid teamId, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().AddDays(-Days);
        return await db.Database.SqlQuery<Suggestion>($"""
            WITH authors AS (
                SELECT a.id FROM team_members m JOIN accounts a ON a.person_id = m.person_id
                WHERE m.organization_id = {organizationId} AND m.team_id = {teamId} AND m.removed_at IS NULL
            ),
            written AS (
                SELECT p.repository_id, count(*) AS pulls, count(o.id) AS of_members
                FROM pull_requests p
                JOIN accounts a ON a.id = p.author_account_id AND NOT a.is_bot
                LEFT JOIN authors o ON o.id = p.author_account_id
                WHERE p.organization_id = {organizationId} AND p.merged_at >= {since} AND EXISTS (SELECT FROM authors)
                GROUP BY 1
            )
            SELECT r.id AS repository_id, r.full_name AS repository, w.pulls, w.of_members
            FROM written w
            JOIN repositories r ON r.id = w.repository_id AND r.left_at IS NULL
            WHERE w.pulls >= {FewestPulls} AND w.of_members * 2 > w.pulls
              AND NOT EXISTS (SELECT FROM team_repositories o WHERE o.team_id = {teamId} AND o.repository_id = r.id)
            ORDER BY w.of_members::float8 / w.pulls DESC, w.pulls DESC, r.full_name
            LIMIT 12
            """).ToListAsync(cancellation);
    }

    /// <summary>Gives the clear ones to teams for which nobody decided what they own.</summary>
    /// <returns>How many were added.</returns>
    internal async Task<int> ApplyClearAsync(Guid organizationId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await db.Database.ExecuteSqlAsync($"""
            WITH written AS (
                SELECT p.repository_id, p.author_account_id, count(*) AS pulls
                FROM pull_requests p
                JOIN accounts a ON a.id = p.author_account_id AND NOT a.is_bot
                WHERE p.organization_id = {organizationId} AND p.merged_at >= {now.AddDays(-Days)}
                GROUP BY 1, 2
            ),
            by_team AS (
                SELECT m.team_id, w.repository_id, sum(w.pulls) AS pulls
                FROM teams t
                JOIN team_members m ON m.team_id = t.id AND m.removed_at IS NULL
                JOIN accounts a ON a.person_id = m.person_id
                JOIN written w ON w.author_account_id = a.id
                WHERE t.organization_id = {organizationId} AND t.archived_at IS NULL AND t.ownership_decided_at IS NULL
                GROUP BY 1, 2
            ),
            whole AS (SELECT repository_id, sum(pulls) AS pulls FROM written GROUP BY 1)
            INSERT INTO team_repositories (team_id, repository_id, organization_id, added_at)
            SELECT o.team_id, o.repository_id, {organizationId}, {now}::timestamptz
            FROM by_team o
            JOIN whole w ON w.repository_id = o.repository_id AND w.pulls >= {FewestPulls} AND o.pulls >= {ClearShare} * w.pulls
            JOIN repositories r ON r.id = o.repository_id AND r.left_at IS NULL
            ON CONFLICT DO NOTHING
            """, cancellation);
    }
}
