using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// Pull requests merged by people into a default branch and in no production deployment yet (M19), as linking found them
/// (<see cref="PullRequest.WaitingSince"/>). A service's are those that its paths cover and that it has not deployed, even where another
/// service has. They are never a 0 in the lead time.
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

    /// <param name="services">Whose they are; null for all.</param>
    internal IQueryable<PullRequest> Of(Filter filter, Guid[]? services) =>
        filter.Environment is { } environment ? InEnvironment(filter, environment, services)
        : services is null ? Merged(filter).Where(p => p.WaitingSince != null)
        : from p in Merged(filter)
          where p.ServiceIds.Any(id => services.Contains(id))
          let deployed = db.DeployedChanges.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }).Where(c => c.PullRequestId == p.Id)
          where p.WaitingSince != null || (p.ServiceIds.Length > 1 && deployed.Any(c => c.LeftOut == null))
          where !deployed.Any(c => services.Contains(c.ServiceId))
          select p;

    private IQueryable<PullRequest> InEnvironment(Filter filter, string environment, Guid[]? services) =>
        Merged(filter)
            .Where(p => services == null || p.ServiceIds.Any(id => services.Contains(id)))
            .Where(p => IsWaitingFor(environment).Contains(p.Id));

    private IQueryable<PullRequest> Merged(Filter filter) =>
        db.PullRequests.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(p => p.OrganizationId == filter.OrganizationId && p.MergedAt != null)
            .Where(p => filter.RepositoryId == null || p.RepositoryId == filter.RepositoryId);

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
