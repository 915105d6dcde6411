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
        : OfServices(filter, services);

    private IQueryable<PullRequest> OfServices(Filter filter, Guid[] services)
    {
        var deployed = db.DeployedChanges.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]);
        return Merged(filter)
            .Where(p => p.ServiceIds.Any(id => services.Contains(id)))
            .Where(p => p.WaitingSince != null
                || (p.ServiceIds.Length > 1 && deployed.Any(c => c.PullRequestId == p.Id && c.LeftOut == null)))
            .Where(p => !deployed.Any(c => c.PullRequestId == p.Id && services.Contains(c.ServiceId)));
    }

    // For an environment besides production: what reached production or waits for it, and is not in that environment.
    private IQueryable<PullRequest> InEnvironment(Filter filter, string environment, Guid[]? services)
    {
        var there = db.Deployments.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(d => d.Environment == environment);
        var deployed = db.DeployedChanges.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(c => c.LeftOut == null);
        var arrived = db.EnvironmentChanges.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(c => c.Environment == environment);
        var merged = Merged(filter);
        if (services is not null) merged = merged.Where(p => p.ServiceIds.Any(id => services.Contains(id)));
        return merged.Where(p => there.Any(d => d.RepositoryId == p.RepositoryId && d.IsProduction)
            ? p.WaitingSince != null
            : there.Any(d => d.RepositoryId == p.RepositoryId)
                && (p.WaitingSince != null || deployed.Any(c => c.PullRequestId == p.Id))
                && !arrived.Any(c => c.PullRequestId == p.Id));
    }

    private IQueryable<PullRequest> Merged(Filter filter) =>
        db.PullRequests.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(p => p.OrganizationId == filter.OrganizationId && p.MergedAt != null)
            .Where(p => filter.RepositoryId == null || p.RepositoryId == filter.RepositoryId);
}
