using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics;

/// <summary>Cuts a filter by team. What several teams own counts for each of them, so groups can add up to more than the whole.</summary>
public sealed class TeamGroups(VeelocityDb db, TeamScopes scopes)
{
    /// <summary>What stands for the services that no team owns.</summary>
    public const string NoTeam = "Unassigned";

    /// <summary>The teams in use that own any service, by name, and at last what no team owns.</summary>
    internal async Task<IReadOnlyList<FilterGroup>> OfAsync(Filter filter, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<Row>($"""
            SELECT t.id, t.name, o.service_id
            FROM teams t
            JOIN (
                SELECT r.team_id, s.id AS service_id FROM team_repositories r JOIN services s ON s.repository_id = r.repository_id
                WHERE r.organization_id = {filter.OrganizationId}
                UNION
                SELECT team_id, service_id FROM team_services WHERE organization_id = {filter.OrganizationId}
            ) o ON o.team_id = t.id
            WHERE t.organization_id = {filter.OrganizationId} AND t.archived_at IS NULL
            """).ToListAsync(cancellation);
        var asked = await scopes.ServicesAsync(filter, cancellation);
        var free = await scopes.OfAsync(filter.OrganizationId, Filter.NoTeam, cancellation);
        return
        [
            .. rows.GroupBy(row => (row.Id, row.Name), row => row.ServiceId)
                .OrderBy(team => team.Key.Name, StringComparer.OrdinalIgnoreCase).ThenBy(team => team.Key.Id)
                .Select(team => GroupOf(team.Key.Id, team.Key.Name, team.ToHashSet())),
            GroupOf(Filter.NoTeam, NoTeam, free.ServiceIds),
        ];

        FilterGroup GroupOf(Guid id, string name, IReadOnlySet<Guid> services)
        {
            var within = ServiceChoice.Of(filter with { TeamId = id }, services);
            return new(id, name, filter with { TeamId = id }, asked.Ids is null ? within : Both(asked, within));
        }
    }

    /// <summary>The same by service.</summary>
    internal Task<IReadOnlyList<FilterGroup>> ServicesAsync(Filter filter, CancellationToken cancellation) =>
        new ServiceGroups(db, scopes).OfAsync(filter, cancellation);

    private static ServiceChoice Both(ServiceChoice one, ServiceChoice other) =>
        new([.. one.Ids!.Intersect(other.Ids!)], one.WithUnknown && other.WithUnknown);

    private sealed record Row(Guid Id, string Name, Guid ServiceId);
}
