using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.People;

namespace Veelocity.Web.Linking.Teams;

/// <summary>
/// Keeps teams as the issue tracker has them: each of its teams is one here, with its name, its people and whether it is in use, except for
/// what someone decided manually. Teams for which nobody decided it own what their people clearly work on. Whole sets at a time, and only
/// differences are written, so that a repeat changes nothing.
/// </summary>
public sealed class TeamLinking(DatabaseDoor database, TimeProvider clock)
{
    /// <returns>How many rows it changed.</returns>
    public async Task<int> LinkAsync(Guid organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(organizationId, cancellation);
        await using var db = DataModule.Open(connection);
        db.OrganizationId = organizationId;
        var tracked = await db.IssueTeams.AsNoTracking().ToListAsync(cancellation);
        if (tracked.Count == 0 && !await db.Teams.AnyAsync(cancellation)) return 0;

        // A sync that read no commits ties nobody; the tracker's people are tied here.
        var changed = await db.Accounts.AnyAsync(a => a.PersonId == null, cancellation)
            ? await new PeopleLinking(db, connection).LinkAsync(organizationId, [], cancellation)
            : 0;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await TeamChanges.AloneAsync(db, organizationId, cancellation);
        changed += await FollowTeamsAsync(db, tracked, cancellation);
        changed += await MoveDecisionsAsync(db, organizationId, cancellation);
        changed += await FollowMembersAsync(db, organizationId, cancellation);
        changed += await new TeamSuggestions(db, clock).ApplyClearAsync(organizationId, cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }

    private async Task<int> FollowTeamsAsync(VeelocityDb db, List<IssueTeam> tracked, CancellationToken cancellation)
    {
        var known = await db.Teams.Where(t => t.IssueTeamId != null).ToDictionaryAsync(t => t.IssueTeamId!.Value, cancellation);
        foreach (var theirs in tracked)
        {
            if (!known.TryGetValue(theirs.Id, out var team))
            {
                team = new Team
                {
                    Id = Team.IdOf(theirs.Id),
                    OrganizationId = theirs.OrganizationId,
                    Name = theirs.Name,
                    IssueTeamId = theirs.Id,
                    CreatedAt = clock.GetUtcNow(),
                };
                db.Teams.Add(team);
            }
            team.Follow(theirs.Name, theirs.ArchivedAt);
        }
        return await db.SaveChangesAsync(cancellation);
    }

    // Accounts that turned out to be one person's leave the person they stood for without any: what was decided about that one goes on.
    private static async Task<int> MoveDecisionsAsync(VeelocityDb db, Guid organizationId, CancellationToken cancellation) =>
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO team_members AS known (team_id, person_id, organization_id, added_at, decided_by_user_id, decided_at, removed_at)
            SELECT DISTINCT ON (m.team_id, a.person_id) m.team_id, a.person_id, m.organization_id, m.added_at, m.decided_by_user_id, m.decided_at, m.removed_at
            FROM team_members m
            JOIN accounts a ON a.id = m.person_id AND a.person_id <> m.person_id
            WHERE m.organization_id = {organizationId} AND m.decided_at IS NOT NULL
              AND NOT EXISTS (SELECT FROM accounts o WHERE o.person_id = m.person_id)
            ORDER BY m.team_id, a.person_id, m.decided_at DESC
            ON CONFLICT (team_id, person_id) DO UPDATE
            SET decided_by_user_id = EXCLUDED.decided_by_user_id, decided_at = EXCLUDED.decided_at, removed_at = EXCLUDED.removed_at
            WHERE known.decided_at IS NULL
            """, cancellation)
        + await db.Database.ExecuteSqlAsync($"""
            DELETE FROM team_members m
            USING accounts a
            WHERE m.organization_id = {organizationId} AND a.id = m.person_id AND a.person_id <> m.person_id
              AND NOT EXISTS (SELECT FROM accounts o WHERE o.person_id = m.person_id)
            """, cancellation);

    private async Task<int> FollowMembersAsync(VeelocityDb db, Guid organizationId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await db.Database.ExecuteSqlAsync($"""
            DELETE FROM team_members m
            USING teams t JOIN issue_teams i ON i.id = t.issue_team_id
            WHERE m.organization_id = {organizationId} AND t.id = m.team_id AND m.decided_at IS NULL
              AND NOT EXISTS (SELECT FROM accounts a WHERE a.id = ANY (i.member_account_ids) AND a.person_id = m.person_id AND NOT a.is_bot)
            """, cancellation)
            + await db.Database.ExecuteSqlAsync($"""
            INSERT INTO team_members (team_id, person_id, organization_id, added_at)
            SELECT DISTINCT t.id, a.person_id, t.organization_id, {now}::timestamptz
            FROM teams t
            JOIN issue_teams i ON i.id = t.issue_team_id
            JOIN accounts a ON a.id = ANY (i.member_account_ids) AND a.organization_id = t.organization_id
            WHERE t.organization_id = {organizationId} AND a.person_id IS NOT NULL AND NOT a.is_bot
              AND NOT EXISTS (SELECT FROM team_members m WHERE m.team_id = t.id AND m.person_id = a.person_id)
            ON CONFLICT DO NOTHING
            """, cancellation);
    }
}
