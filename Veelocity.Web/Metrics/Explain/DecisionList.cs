using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>What members decided about rows, with who, when and why (M35); those taken back stay in the list.</summary>
public sealed class DecisionList(VeelocityDb db)
{
    /// <param name="Title">Of what it is about; null when that is gone.</param>
    /// <param name="Number">Of a pull request.</param>
    /// <param name="Url">At the provider.</param>
    public sealed record Item(
        Guid Id, DecisionSubject Subject, Guid SubjectId, DecisionVerdict Verdict, string Reason, DateTimeOffset DecidedAt, string? DecidedBy,
        DateTimeOffset? TakenBackAt, string? TakenBackBy, string? Title, string? Repository, int? Number, string? Url)
    {
        /// <summary>Where it is: repository and number; null for incidents.</summary>
        public string? Context => Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"{Repository} #{number}") : Repository;
    }

    /// <summary>Newest first.</summary>
    /// <param name="holds">Only those that hold, or only those taken back; null for both.</param>
    public async Task<Page<Item>> AskAsync(Guid organizationId, bool? holds, PageRequest page, CancellationToken cancellation)
    {
        var rows = Of(organizationId).Where(d => holds == null || (d.TakenBackAt == null) == holds);
        var items = await Shape(rows.OrderByDescending(d => d.DecidedAt).ThenBy(d => d.Id).Skip(page.Offset).Take(page.PerPage)).ToListAsync(cancellation);
        return new Page<Item>(
            [.. items.OrderByDescending(d => d.DecidedAt).ThenBy(d => d.Id)], page.Number, page.PerPage, await rows.LongCountAsync(cancellation));
    }

    /// <summary>Those that hold about these rows, by row.</summary>
    public async Task<IReadOnlyDictionary<Guid, Item>> OfRowsAsync(
        Guid organizationId, DecisionSubject subject, IReadOnlyCollection<Guid> subjectIds, CancellationToken cancellation) =>
        await Shape(Of(organizationId).Where(d => d.Subject == subject && subjectIds.Contains(d.SubjectId) && d.TakenBackAt == null))
            .ToDictionaryAsync(d => d.SubjectId, cancellation);

    public Task<Item?> FindAsync(Guid organizationId, Guid id, CancellationToken cancellation) =>
        Shape(Of(organizationId).Where(d => d.Id == id)).SingleOrDefaultAsync(cancellation);

    private IQueryable<MetricDecision> Of(Guid organizationId) =>
        db.MetricDecisions.AsNoTracking().IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }).Where(d => d.OrganizationId == organizationId);

    private IQueryable<Item> Shape(IQueryable<MetricDecision> decisions) =>
        from d in decisions
        join p in db.PullRequests.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on d.SubjectId equals p.Id into pulls
        from p in pulls.DefaultIfEmpty()
        join x in db.Deployments.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on d.SubjectId equals x.Id into deployments
        from x in deployments.DefaultIfEmpty()
        join i in db.Incidents.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on d.SubjectId equals i.Id into incidents
        from i in incidents.DefaultIfEmpty()
        join r in db.Repositories.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on d.RepositoryId equals r.Id into repositories
        from r in repositories.DefaultIfEmpty()
        select new Item(
            d.Id, d.Subject, d.SubjectId, d.Verdict, d.Reason, d.DecidedAt, db.Users.Where(u => u.Id == d.DecidedByUserId).Select(u => u.FullName).FirstOrDefault(),
            d.TakenBackAt, db.Users.Where(u => u.Id == d.TakenBackByUserId).Select(u => u.FullName).FirstOrDefault(),
            p.Title ?? x.Title ?? i.Title, r.FullName, p == null ? null : p.Number, p.Url ?? x.Url ?? i.Url);
}
