using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics;

/// <summary>
/// What a team is to the metrics: DORA's are those of its services, development metrics those of its members as authors, reviewers and
/// assignees.
/// </summary>
/// <param name="RepositoryIds">Repositories that it owns as a whole.</param>
/// <param name="ServiceIds">Every service that counts for it: those of its repositories, and those it owns one by one.</param>
/// <param name="AccountIds">All accounts of its members, at any provider.</param>
public sealed record TeamScope(
    Guid TeamId, IReadOnlySet<Guid> RepositoryIds, IReadOnlySet<Guid> ServiceIds, IReadOnlySet<Guid> PersonIds, IReadOnlySet<Guid> AccountIds);

/// <summary>
/// Looks up what belongs to a team, once for each request, in one statement: so it is never out of date. A team that is none of the
/// organization's has nothing; no team at all (<see cref="Filter.NoTeam"/>) has what no team in use owns.
/// </summary>
public sealed class TeamScopes(VeelocityDb db)
{
    private readonly Dictionary<(Guid, Guid), TeamScope> found = [];

    public async Task<TeamScope> OfAsync(Guid organizationId, Guid teamId, CancellationToken cancellation)
    {
        if (found.TryGetValue((organizationId, teamId), out var known)) return known;
        var rows = teamId == Filter.NoTeam ? NoTeam(organizationId) : One(organizationId, teamId);
        var ids = (await rows.ToListAsync(cancellation)).ToLookup(row => row.Kind, row => row.Id, StringComparer.Ordinal);
        return found[(organizationId, teamId)] = new TeamScope(
            teamId, ids["repository"].ToHashSet(), ids["service"].ToHashSet(), ids["person"].ToHashSet(), ids["account"].ToHashSet());
    }

    /// <summary>The services that a filter narrows to.</summary>
    internal async Task<ServiceChoice> ServicesAsync(Filter filter, CancellationToken cancellation)
    {
        if (filter.TeamId is { } team) return ServiceChoice.Of(filter, (await OfAsync(filter.OrganizationId, team, cancellation)).ServiceIds);
        return filter.ServiceId is { } service ? new ServiceChoice([service]) : ServiceChoice.All;
    }

    private IQueryable<Row> One(Guid organizationId, Guid teamId) =>
        db.Database.SqlQuery<Row>($"""
            WITH owned AS (SELECT repository_id FROM team_repositories WHERE organization_id = {organizationId} AND team_id = {teamId}),
            members AS (SELECT person_id FROM team_members WHERE organization_id = {organizationId} AND team_id = {teamId} AND removed_at IS NULL)
            SELECT 'repository' AS kind, repository_id AS id FROM owned
            UNION SELECT 'service', s.id FROM services s JOIN owned o ON o.repository_id = s.repository_id WHERE s.organization_id = {organizationId}
            UNION SELECT 'service', service_id FROM team_services WHERE organization_id = {organizationId} AND team_id = {teamId}
            UNION SELECT 'person', person_id FROM members
            UNION SELECT 'account', a.id FROM accounts a JOIN members m ON m.person_id = a.person_id WHERE a.organization_id = {organizationId}
            """);

    private IQueryable<Row> NoTeam(Guid organizationId) =>
        db.Database.SqlQuery<Row>($"""
            WITH teamed AS (SELECT id FROM teams WHERE organization_id = {organizationId} AND archived_at IS NULL),
            free AS (
                SELECT s.id, s.repository_id FROM services s
                WHERE s.organization_id = {organizationId}
                  AND NOT EXISTS (SELECT FROM team_repositories r JOIN teamed t ON t.id = r.team_id WHERE r.repository_id = s.repository_id)
                  AND NOT EXISTS (SELECT FROM team_services o JOIN teamed t ON t.id = o.team_id WHERE o.service_id = s.id)
            ),
            loose AS (
                SELECT p.id FROM people p
                WHERE p.organization_id = {organizationId}
                  AND NOT EXISTS (SELECT FROM team_members m JOIN teamed t ON t.id = m.team_id WHERE m.person_id = p.id AND m.removed_at IS NULL)
            )
            SELECT 'repository' AS kind, r.id FROM repositories r
            WHERE r.organization_id = {organizationId}
              AND NOT EXISTS (SELECT FROM team_repositories o JOIN teamed t ON t.id = o.team_id WHERE o.repository_id = r.id)
            UNION SELECT 'service', id FROM free
            UNION SELECT 'person', id FROM loose
            UNION SELECT 'account', a.id FROM accounts a JOIN loose p ON p.id = a.person_id WHERE a.organization_id = {organizationId}
            UNION SELECT 'account', a.id FROM accounts a WHERE a.organization_id = {organizationId} AND a.person_id IS NULL
            """);

    private sealed record Row(string Kind, Guid Id);
}
