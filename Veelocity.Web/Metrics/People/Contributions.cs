using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Development;

namespace Veelocity.Web.Metrics.People;

/// <summary>
/// Who does what: for each member of a team, or everybody with work in the period, pull requests merged (M28), pull requests of others
/// reviewed, issues completed, and how long their pull requests waited for a first review (M26). By name, never by rank; who may see it
/// is for the caller to ask.
/// </summary>
public sealed class Contributions(VeelocityDb db, TeamScopes teams, ReviewTime review, Throughput throughput, ReviewLoad load)
{
    /// <param name="Waited">Their own pull requests, ready → first review.</param>
    public sealed record Member(Guid PersonId, string Name, long Merged, long? Completed, ReviewLoad.Given Given, Spread Waited)
    {
        public long Contributed => Merged + Given.Reviewed + (Completed ?? 0);
    }

    public async Task<IReadOnlyList<Member>> AskAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var organizationId = scope.Filter.OrganizationId;
        var done = (await throughput.GroupsAsync(period, scope, WorkSplit.Developer, cancellation)).ToDictionary(group => Guid.Parse(group.Key), group => group.Of);
        var waited = (await review.GroupsAsync(period, scope, WorkSplit.Developer, cancellation)).ToDictionary(group => Guid.Parse(group.Key), group => group.Of.FirstReview);
        var given = await load.AskAsync(period, scope, cancellation);
        var members = scope.Filter.TeamId is { } team && team != Filter.NoTeam
            ? (await teams.OfAsync(organizationId, team, cancellation)).PersonIds
            : done.Keys.Concat(waited.Keys).Concat(given.Keys).ToHashSet();
        var ids = members.ToArray();
        var names = await db.People.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).AsNoTracking()
            .Where(p => p.OrganizationId == organizationId && ids.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToListAsync(cancellation);
        return [.. names.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Id).Select(p => new Member(
            p.Id, p.Name, done.GetValueOrDefault(p.Id)?.Merged ?? 0, done.TryGetValue(p.Id, out var of) ? of.Completed : null,
            given.GetValueOrDefault(p.Id, ReviewLoad.Given.Nothing), waited.GetValueOrDefault(p.Id, Spread.None)))];
    }
}
