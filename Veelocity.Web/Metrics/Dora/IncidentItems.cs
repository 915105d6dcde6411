using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>The incidents behind time to recovery and change failure rate, newest first (M35).</summary>
public sealed class IncidentItems(VeelocityDb db)
{
    /// <summary>Which of them.</summary>
    /// <param name="IsOpen">Null for both.</param>
    /// <param name="IsLinked">Whether a release is known to have brought them; null for both.</param>
    public sealed record Selection(bool? IsOpen = null, bool? IsLinked = null, IncidentSeverity? Severity = null);

    /// <param name="Service">What was affected; null when unknown.</param>
    /// <param name="Seconds">Start to end; null while it lasts.</param>
    /// <param name="DeploymentTitle">The release that brought it; null when none is known.</param>
    public sealed record Item(
        Guid Id, string Title, string? Url, string Source, IncidentSeverity? Severity, string? Service, string? Environment,
        DateTimeOffset StartedAt, DateTimeOffset? ResolvedAt, double? Seconds,
        Guid? DeploymentId, string? DeploymentTitle, string? DeploymentUrl, DateTimeOffset? DeploymentFinishedAt,
        IncidentLinkMethod? LinkMethod, double? LinkConfidence);

    /// <param name="period">Those that started in it; null for all.</param>
    public async Task<Page<Item>> AskAsync(
        Period? period, Filter filter, Selection selection, PageRequest page, CancellationToken cancellation)
    {
        var rows = Of(filter)
            .Where(i => period == null || (i.StartedAt >= period.From && i.StartedAt < period.To))
            .Where(i => selection.IsOpen == null || (i.ResolvedAt == null) == selection.IsOpen)
            .Where(i => selection.IsLinked == null || (i.DeploymentId != null) == selection.IsLinked)
            .Where(i => selection.Severity == null || i.Severity == selection.Severity);
        var total = await rows.LongCountAsync(cancellation);
        var items = await Shape(rows.OrderByDescending(i => i.StartedAt).ThenBy(i => i.Id).Skip(page.Offset).Take(page.PerPage))
            .ToListAsync(cancellation);
        return new Page<Item>([.. items.OrderByDescending(i => i.StartedAt).ThenBy(i => i.Id)], page.Number, page.PerPage, total);
    }

    /// <summary>One of the organization's incidents; null when there is none of that id.</summary>
    public Task<Item?> FindAsync(Guid organizationId, Guid id, CancellationToken cancellation) =>
        Shape(Of(new Filter(organizationId)).Where(i => i.Id == id)).SingleOrDefaultAsync(cancellation);

    private IQueryable<Incident> Of(Filter filter) =>
        from i in db.Incidents.AsNoTracking().IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
        where i.OrganizationId == filter.OrganizationId
        join d in db.Deployments.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on i.DeploymentId equals d.Id into linked
        from d in linked.DefaultIfEmpty()
        where filter.ServiceId == null || (i.ServiceId ?? d.ServiceId) == filter.ServiceId
        where filter.RepositoryId == null
            || db.Services.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
                .Any(s => s.Id == (i.ServiceId ?? d.ServiceId) && s.RepositoryId == filter.RepositoryId)
        select i;

    private IQueryable<Item> Shape(IQueryable<Incident> incidents) =>
        from i in incidents
        join s in db.Services.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on i.ServiceId equals s.Id into affected
        from s in affected.DefaultIfEmpty()
        join d in db.Deployments.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on i.DeploymentId equals d.Id into linked
        from d in linked.DefaultIfEmpty()
        select new Item(
            i.Id, i.Title, i.Url, i.Source, i.Severity, s.Name, i.Environment, i.StartedAt, i.ResolvedAt,
            i.ResolvedAt == null ? null : (i.ResolvedAt.Value - i.StartedAt).TotalSeconds,
            i.DeploymentId, d.Title, d.Url, d == null ? null : d.FinishedAt, i.LinkMethod, i.LinkConfidence);
}
