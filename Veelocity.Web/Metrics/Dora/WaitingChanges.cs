using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// Pull requests merged by people into a default branch, in a repository with a service, and in no production deployment yet (M19).
/// They are never a 0 in the lead time.
/// </summary>
public sealed class WaitingChanges(VeelocityDb db)
{
    /// <summary>How many wait at this moment, and since when the oldest does; null when none.</summary>
    public sealed record Answer(long Count, DateTimeOffset? OldestMergedAt);

    public async Task<Answer> AskAsync(Filter filter, CancellationToken cancellation)
    {
        var answer = await Of(filter)
            .GroupBy(_ => 1)
            .Select(all => new Answer(all.LongCount(), all.Min(p => p.MergedAt)))
            .SingleOrDefaultAsync(cancellation);
        return answer ?? new Answer(0, null);
    }

    internal IQueryable<PullRequest> Of(Filter filter) =>
        from p in db.PullRequests.AsNoTracking().IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
        where p.OrganizationId == filter.OrganizationId && p.MergedAt != null && !p.IsRevert
        where filter.RepositoryId == null || p.RepositoryId == filter.RepositoryId
        where db.Repositories.Any(r => r.Id == p.RepositoryId && r.DefaultBranch == p.BaseBranch)
        where db.Services.Any(s => s.RepositoryId == p.RepositoryId && (filter.ServiceId == null || s.Id == filter.ServiceId))
        where !db.Accounts.Any(a => a.Id == p.AuthorAccountId && a.Kind == AccountKind.Bot)
        where !db.DeployedChanges.Any(c => c.PullRequestId == p.Id)
        select p;
}
