using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Columns;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>The incidents behind time to recovery and change failure rate, newest first (M35).</summary>
public sealed class IncidentItems(VeelocityDb db, TeamScopes scopes)
{
    /// <summary>Which of them.</summary>
    /// <param name="IsOpen">Null for both.</param>
    /// <param name="IsLinked">Whether a release is known to have brought them; null for both.</param>
    /// <param name="Of">Only those that a metric counts, or does not; null for both.</param>
    /// <param name="Reason">Of those that it does not count, only those left out for this.</param>
    /// <param name="IsAnywhere">Of all environments, whatever the filter's.</param>
    public sealed record Selection(
        bool? IsOpen = null, bool? IsLinked = null, IncidentSeverity? Severity = null, Set? Of = null,
        Reason? Reason = null, bool IsAnywhere = false)
    {
        /// <summary>Only those that started at this instant or later.</summary>
        public DateTimeOffset? Since { get; init; }

        /// <summary>Only those whose title matches this pattern of ILIKE.</summary>
        public string? Part { get; init; }
    }

    /// <summary>Whether it goes on.</summary>
    public enum State
    {
        Open,
        Resolved,

        /// <summary>It ended, and nothing says when (M23).</summary>
        EndUnknown,
    }

    /// <summary>What a metric counts, and what it does not.</summary>
    public enum Set
    {
        /// <summary>Time to recovery: ended.</summary>
        Recovered,
        NotRecovered,

        /// <summary>Failed deployment recovery time: ended, and brought by a known release.</summary>
        RecoveredFromRelease,
        NotRecoveredFromRelease,
    }

    /// <summary>Why an incident is not counted; the first that applies.</summary>
    public enum Reason
    {
        ByPerson = 1,
        Open,

        /// <summary>It ended, and nothing says when.</summary>
        EndUnknown,

        /// <summary>No release is known to have brought it; only failed deployment recovery time leaves it out.</summary>
        NoRelease,
    }

    public sealed record ReasonCount(Reason Reason, long Count);

    /// <param name="Service">What was affected; null when unknown.</param>
    /// <param name="Seconds">Start to end; null while it lasts.</param>
    /// <param name="DeploymentTitle">The release that brought it; null when none is known.</param>
    /// <param name="UnlinkedCauses">Commits and addresses that it names and that match no deployment before it,
    /// apart by blanks.</param>
    /// <param name="MergedIntoId">The incident that this one is another sight of, and that counts in its place.</param>
    public sealed record Item(
        Guid Id, string Title, string? Url, string Source, IncidentSeverity? Severity, string? Service, string? Environment,
        DateTimeOffset StartedAt, DateTimeOffset? ResolvedAt, double? Seconds,
        Guid? DeploymentId, string? DeploymentTitle, string? DeploymentUrl, DateTimeOffset? DeploymentFinishedAt,
        IncidentLinkMethod? LinkMethod, double? LinkConfidence, LeftOut? LeftOut,
            [property: JsonIgnore] bool HasUnknownEnd,
        string? UnlinkedCauses, Guid? MergedIntoId)
    {
        public State State => ResolvedAt is not null ? State.Resolved : HasUnknownEnd ? State.EndUnknown : State.Open;

        /// <summary>Why it is not counted; null when it is.</summary>
        public Reason? WhyNot(bool needsRelease) =>
            LeftOut is not null ? IncidentItems.Reason.ByPerson
            : State == State.Open ? IncidentItems.Reason.Open
            : State == State.EndUnknown ? IncidentItems.Reason.EndUnknown
            : needsRelease && DeploymentId is null ? IncidentItems.Reason.NoRelease
            : null;

        /// <summary>End of the release → end of the incident, never negative; null without a release or an end.</summary>
        public double? SecondsFromRelease { get; init; } = ResolvedAt - DeploymentFinishedAt is { } span ? Math.Max(0, span.TotalSeconds) : null;

        /// <summary>The same by the clock that the filter chooses (M7).</summary>
        internal Item By(Filter filter)
        {
            if (filter.Working is null || ResolvedAt is not { } end) return this;
            var seconds = filter.Seconds(StartedAt, end);
            // As the metric has it: what it took to notice, and what it took to repair.
            return this with
            {
                Seconds = seconds,
                SecondsFromRelease = DeploymentFinishedAt is { } released ? filter.Seconds(released, StartedAt) + filter.Seconds(StartedAt > released ? StartedAt : released, end) : null,
            };
        }
    }

    /// <param name="period">Those that started in it; null for all.</param>
    public async Task<Page<Item>> AskAsync(
        Period? period, Filter filter, Selection selection, PageRequest page, CancellationToken cancellation)
    {
        var rows = Narrow(period, filter, await scopes.ServicesAsync(filter, cancellation), selection);
        var total = await rows.LongCountAsync(cancellation);
        var items = await Shape(rows.OrderByDescending(i => i.StartedAt).ThenBy(i => i.Id).Skip(page.Offset).Take(page.PerPage))
            .ToListAsync(cancellation);
        return new Page<Item>([.. items.OrderByDescending(i => i.StartedAt).ThenBy(i => i.Id).Select(i => i.By(filter))], page.Number, page.PerPage, total);
    }

    /// <summary>One of the organization's incidents; null when there is none of that id.</summary>
    public Task<Item?> FindAsync(Guid organizationId, Guid id, CancellationToken cancellation) =>
        Shape(db.Incidents.AsNoTracking().IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
            .Where(i => i.OrganizationId == organizationId && i.Id == id))
            .SingleOrDefaultAsync(cancellation);

    /// <summary>Those that are other sights of an incident, oldest first.</summary>
    public async Task<Page<Item>> MergedIntoAsync(Guid organizationId, Guid id, PageRequest page,
        CancellationToken cancellation)
    {
        var rows = db.Incidents.AsNoTracking().IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
            .Where(i => i.OrganizationId == organizationId && i.MergedIntoId == id);
        var items = await Shape(rows.OrderBy(i => i.StartedAt).ThenBy(i => i.Id).Skip(page.Offset).Take(page.PerPage))
            .ToListAsync(cancellation);
        return new Page<Item>([.. items.OrderBy(i => i.StartedAt).ThenBy(i => i.Id)], page.Number, page.PerPage,
            await rows.LongCountAsync(cancellation));
    }

    /// <summary>How many are not counted, for each reason.</summary>
    public async Task<IReadOnlyList<ReasonCount>> ReasonsAsync(Period period, Filter filter, Selection selection, CancellationToken cancellation)
    {
        var counts = new List<ReasonCount>();
        var services = await scopes.ServicesAsync(filter, cancellation);
        foreach (var reason in Enum.GetValues<Reason>())
        {
            var count = await Narrow(period, filter, services, selection with { Reason = reason }).LongCountAsync(cancellation);
            if (count > 0) counts.Add(new ReasonCount(reason, count));
        }
        return counts;
    }

    /// <summary>The counted incidents at these places, counted from 0, in order of how long they took: between them a percentile lies.</summary>
    public async Task<IReadOnlyList<Item>> RankedAsync(
        Period period, Filter filter, Selection selection, int place, int count, CancellationToken cancellation)
    {
        var rows = Narrow(period, filter, await scopes.ServicesAsync(filter, cancellation), selection);
        if (filter.Working is not null)
        {
            var all = (await Shape(rows).ToListAsync(cancellation)).ConvertAll(i => i.By(filter));
            return [.. all.OrderBy(i => selection.Of == Set.RecoveredFromRelease ? i.SecondsFromRelease : i.Seconds).ThenBy(i => i.Id).Skip(place).Take(count)];
        }
        var ranked = selection.Of == Set.RecoveredFromRelease
            ? from i in rows
              join d in db.Deployments.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on i.DeploymentId equals d.Id
              orderby i.ResolvedAt!.Value - d.FinishedAt, i.Id
              select i
            : rows.OrderBy(i => i.ResolvedAt!.Value - i.StartedAt).ThenBy(i => i.Id);
        var items = await Shape(ranked.Skip(place).Take(count)).ToListAsync(cancellation);
        return [.. items.OrderBy(i => selection.Of == Set.RecoveredFromRelease ? i.SecondsFromRelease : i.Seconds).ThenBy(i => i.Id)];
    }

    private IQueryable<Incident> Narrow(Period? period, Filter filter, ServiceChoice services, Selection selection)
    {
        var rows = Of(filter, services, ofRelease: selection.Of == Set.RecoveredFromRelease, selection.IsAnywhere)
            .Where(i => period == null || (i.StartedAt >= period.From && i.StartedAt < period.To))
            .Where(i => selection.IsOpen == null || (i.ResolvedAt == null && !i.HasUnknownEnd) == selection.IsOpen)
            .Where(i => selection.IsLinked == null || (i.DeploymentId != null) == selection.IsLinked)
            .Where(i => selection.Severity == null || i.Severity == selection.Severity)
            .Where(i => selection.Since == null || i.StartedAt >= selection.Since)
            .Where(i => selection.Part == null || EF.Functions.ILike(i.Title, selection.Part, "\\"));
        rows = selection.Of switch
        {
            Set.Recovered => rows.Where(i => i.LeftOut == null && i.ResolvedAt != null),
            Set.NotRecovered => rows.Where(i => i.LeftOut != null || i.ResolvedAt == null),
            Set.RecoveredFromRelease => rows.Where(i => i.LeftOut == null && i.ResolvedAt != null && i.DeploymentId != null),
            Set.NotRecoveredFromRelease => rows.Where(i => i.LeftOut != null || i.ResolvedAt == null || i.DeploymentId == null),
            _ => rows,
        };
        // The same order as Item.WhyNot.
        return selection.Reason switch
        {
            Reason.ByPerson => rows.Where(i => i.LeftOut != null),
            Reason.Open => rows.Where(i => i.LeftOut == null && i.ResolvedAt == null && !i.HasUnknownEnd),
            Reason.EndUnknown => rows.Where(i => i.LeftOut == null && i.ResolvedAt == null && i.HasUnknownEnd),
            Reason.NoRelease => rows.Where(i => i.LeftOut == null && i.ResolvedAt != null && i.DeploymentId == null),
            _ => rows,
        };
    }

    // By what was affected; the recovery from a release by whose release it was.
    private IQueryable<Incident> Of(Filter filter, ServiceChoice services, bool ofRelease, bool isAnywhere) =>
        from i in db.Incidents.AsNoTracking().IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
        where i.OrganizationId == filter.OrganizationId && i.MergedIntoId == null
        join d in db.Deployments.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on i.DeploymentId equals d.Id into linked
        from d in linked.DefaultIfEmpty()
        where services.Ids == null || services.Ids.Contains((ofRelease ? d.ServiceId : i.ServiceId ?? d.ServiceId))
            || (services.WithUnknown && i.ServiceId == null && d == null)
        where filter.RepositoryId == null
            || (ofRelease ? d.RepositoryId == filter.RepositoryId
                : db.Services.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
                    .Any(s => s.Id == (i.ServiceId ?? d.ServiceId) && s.RepositoryId == filter.RepositoryId))
        // The same as IncidentPlace.IsIn.
        where isAnywhere || (filter.Environment == null ? i.IsProduction
            : i.Environment != null ? i.Environment == filter.Environment
            : (d == null || !d.IsProduction || d.Environment == filter.Environment)
                && (filter.Environment == IncidentPlace.Production
                    || db.Deployments.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
                    .Any(e => e.OrganizationId == filter.OrganizationId && e.Environment == filter.Environment
                        && e.IsProduction)))
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
            i.DeploymentId, d.Title, d.Url, d == null ? null : d.FinishedAt, i.LinkMethod, i.LinkConfidence, i.LeftOut,
            i.HasUnknownEnd, i.UnlinkedCauses, i.MergedIntoId);
}
