using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// Pull requests merged by people into a default branch and in no production deployment yet (M19), as linking found them
/// (<see cref="PullRequest.WaitingSince"/>). They are never a 0 in the lead time.
/// </summary>
public sealed class WaitingChanges(VeelocityDb db, TeamScopes scopes)
{
    /// <summary>How many wait at this moment, and since when the oldest does; null when none.</summary>
    public sealed record Answer(long Count, DateTimeOffset? OldestMergedAt);

    public async Task<Answer> AskAsync(Filter filter, CancellationToken cancellation)
    {
        var answer = await Of(filter, (await scopes.ServicesAsync(filter, cancellation)).Ids)
            .GroupBy(_ => 1)
            .Select(all => new Answer(all.LongCount(), all.Min(p => p.MergedAt)))
            .SingleOrDefaultAsync(cancellation);
        return answer ?? new Answer(0, null);
    }

    /// <param name="services">Of whose repositories; null for all.</param>
    internal IQueryable<PullRequest> Of(Filter filter, Guid[]? services) =>
        from p in db.PullRequests.AsNoTracking().IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
        where p.OrganizationId == filter.OrganizationId
            && (filter.Environment == null ? p.WaitingSince != null : IsWaitingFor(filter.Environment).Contains(p.Id))
        where filter.RepositoryId == null || p.RepositoryId == filter.RepositoryId
        where services == null || db.Services.Any(s => s.RepositoryId == p.RepositoryId && services.Contains(s.Id))
        select p;

    // For an environment besides production: what reached production or waits for it, and is not in that environment.
    private IQueryable<Guid> IsWaitingFor(string environment) =>
        from p in db.PullRequests.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
        let there = db.Deployments.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
            .Where(d => d.RepositoryId == p.RepositoryId && d.Environment == environment)
        where there.Any(d => d.IsProduction)
            ? p.WaitingSince != null
            : there.Any()
                && (p.WaitingSince != null
                    || db.DeployedChanges.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
                    .Any(c => c.PullRequestId == p.Id && c.LeftOut == null))
                && !db.EnvironmentChanges.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
                    .Any(c => c.PullRequestId == p.Id && c.Environment == environment)
        select p.Id;
}
