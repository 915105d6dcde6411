using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Teams;

/// <summary>Which repositories a team seems to own: those whose pull requests of the last 90 days were mostly written by its members.</summary>
public sealed class TeamSuggestions(VeelocityDb db, TimeProvider clock)
{
    public const int Days = 90;

    /// <summary>So few tell nothing.</summary>
    public const int FewestPulls = 5;

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
}
