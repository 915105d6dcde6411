using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>The deployments behind deployment frequency, change failure rate and rework rate, newest first (M35).</summary>
public sealed class DeploymentItems(VeelocityDb db)
{
    /// <summary>Which of them.</summary>
    public enum Selection
    {
        /// <summary>Those the frequency counts.</summary>
        Releases,

        /// <summary>Also what it does not count: failures and repeats.</summary>
        All,

        /// <summary>Releases that failed in production (M21).</summary>
        Failed,

        /// <summary>Releases that repaired earlier ones (M24).</summary>
        Rework,
    }

    /// <param name="IsRelease">Counted in the frequency.</param>
    /// <param name="Changes">Pull requests it was the first to bring to production.</param>
    public sealed record Item(
        Guid Id, string Repository, string Service, string Environment, string Title, string? Sha, string? Ref, string Url,
        DeploymentOutcome Outcome, DateTimeOffset FinishedAt, bool IsRelease, bool IsRollback, DeploymentContents Contents, int Changes,
        ChangeFailure? FailedBy, Rework? Rework);

    public async Task<Page<Item>> AskAsync(
        Period period, Filter filter, Selection selection, PageRequest page, CancellationToken cancellation)
    {
        var rows = db.Deployments.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(d => d.OrganizationId == filter.OrganizationId)
            .Where(d => d.FinishedAt >= period.From && d.FinishedAt < period.To)
            .Where(d => filter.Environment == null ? d.IsProduction : d.Environment == filter.Environment)
            .Where(d => filter.RepositoryId == null || d.RepositoryId == filter.RepositoryId)
            .Where(d => filter.ServiceId == null || d.ServiceId == filter.ServiceId)
            .Where(d => selection == Selection.All || d.IsRelease)
            .Where(d => selection != Selection.Failed || (d.FailedBy != null && !d.IsRollback))
            .Where(d => selection != Selection.Rework || d.Rework != null);
        var total = await rows.LongCountAsync(cancellation);
        var items = await rows
            .OrderByDescending(d => d.FinishedAt).ThenBy(d => d.Id)
            .Skip(page.Offset).Take(page.PerPage)
            .Join(db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]), d => d.RepositoryId, r => r.Id, (d, r) => new { d, r })
            .Join(db.Services.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]), x => x.d.ServiceId, s => s.Id, (x, s) => new { x.d, x.r, s })
            .OrderByDescending(x => x.d.FinishedAt).ThenBy(x => x.d.Id)
            .Select(x => new Item(
                x.d.Id, x.r.FullName, x.s.Name, x.d.Environment, x.d.Title, x.d.Sha, x.d.Ref, x.d.Url,
                x.d.Outcome, x.d.FinishedAt, x.d.IsRelease, x.d.IsRollback, x.d.Contents,
                db.DeployedChanges.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }).Count(c => c.DeploymentId == x.d.Id),
                x.d.FailedBy, x.d.Rework))
            .ToListAsync(cancellation);
        return new Page<Item>(items, page.Number, page.PerPage, total);
    }
}
