using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>The deployments behind deployment frequency, change failure rate and rework rate, newest first (M35).</summary>
public sealed class DeploymentItems(VeelocityDb db, TeamScopes scopes)
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

        /// <summary>Releases that can fail and have not (M21): rollbacks themselves cannot.</summary>
        Sound,

        /// <summary>Releases that repaired nothing (M24).</summary>
        Planned,

        /// <summary>What the frequency and the rework rate do not count.</summary>
        LeftOut,

        /// <summary>What the change failure rate does not count.</summary>
        LeftOutOfFailureRate,
    }

    /// <summary>Why a deployment is not counted; the first that applies.</summary>
    public enum Reason
    {
        ByPerson = 1,

        /// <summary>It did not get to production (M9).</summary>
        DidNotSucceed,

        /// <summary>The same commit as the success before (M12).</summary>
        SameCommit,

        /// <summary>It takes a release back; only the change failure rate leaves it out (M21).</summary>
        Rollback,
    }

    public sealed record ReasonCount(Reason Reason, long Count);

    /// <param name="IsRelease">Counted in the frequency.</param>
    /// <param name="Changes">Pull requests it was the first to bring to production.</param>
    /// <param name="FailureReasons">Every reason why it failed (M21): incident_by_person, incident, rollback, revert; the surest first.</param>
    /// <param name="LeftOut">A member left it out of every number; null when nobody did.</param>
    public sealed record Item(
        Guid Id, string Repository, string Service, string Environment, string Title, string? Sha, string? Ref, string Url,
        DeploymentOutcome Outcome, DateTimeOffset FinishedAt, bool IsRelease, bool IsRollback, DeploymentContents Contents, int Changes,
        ChangeFailure? FailedBy, IReadOnlyList<string> FailureReasons, Rework? Rework, LeftOut? LeftOut)
    {
        /// <summary>Why the selection that was asked for does not count it; null when it does.</summary>
        public Reason? WhyNot(bool ofFailureRate) =>
            LeftOut is not null ? Reason.ByPerson
            : Outcome == DeploymentOutcome.Failed ? Reason.DidNotSucceed
            : !IsRelease ? Reason.SameCommit
            : ofFailureRate && IsRollback ? Reason.Rollback
            : null;
    }

    public async Task<Page<Item>> AskAsync(
        Period period, Filter filter, Selection selection, PageRequest page, CancellationToken cancellation, Reason? reason = null)
    {
        var rows = Narrow(await OfAsync(period, filter, cancellation), selection, filter);
        if (reason is { } only) rows = For(rows, only);
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
                x.d.FailedBy, x.d.FailureReasons, x.d.Rework, x.d.LeftOut))
            .ToListAsync(cancellation);
        if (selection == Selection.Failed) items = items.ConvertAll(item => item with { FailedBy = item.FailedBy ?? ChangeFailure.Incident });
        return new Page<Item>(items, page.Number, page.PerPage, total);
    }

    public async Task<long> CountAsync(Period period, Filter filter, Selection selection, CancellationToken cancellation) =>
        await Narrow(await OfAsync(period, filter, cancellation), selection, filter).LongCountAsync(cancellation);

    /// <summary>How many are not counted, for each reason.</summary>
    /// <param name="selection">One of those that are left out.</param>
    public async Task<IReadOnlyList<ReasonCount>> ReasonsAsync(Period period, Filter filter, Selection selection, CancellationToken cancellation)
    {
        var counts = new List<ReasonCount>();
        var rows = Narrow(await OfAsync(period, filter, cancellation), selection, filter);
        foreach (var reason in Enum.GetValues<Reason>())
        {
            var count = await For(rows, reason).LongCountAsync(cancellation);
            if (count > 0) counts.Add(new ReasonCount(reason, count));
        }
        return counts;
    }

    private async Task<IQueryable<Deployment>> OfAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var services = (await scopes.ServicesAsync(filter, cancellation)).Ids;
        return db.Deployments.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(d => d.OrganizationId == filter.OrganizationId)
            .Where(d => d.FinishedAt >= period.From && d.FinishedAt < period.To)
            .Where(d => filter.Environment == null ? d.IsProduction : d.Environment == filter.Environment)
            .Where(d => filter.RepositoryId == null || d.RepositoryId == filter.RepositoryId)
            .Where(d => services == null || services.Contains(d.ServiceId));
    }

    private IQueryable<Deployment> Narrow(IQueryable<Deployment> rows, Selection selection, Filter filter) =>
        selection switch
    {
        Selection.All => rows,
        Selection.Failed => Failed(rows.Where(d => d.IsRelease && d.LeftOut == null && !d.IsRollback), filter, true),
        Selection.Sound => Failed(rows.Where(d => d.IsRelease && d.LeftOut == null && !d.IsRollback), filter, false),
        Selection.Rework => rows.Where(d => d.IsRelease && d.LeftOut == null && d.Rework != null),
        Selection.Planned => rows.Where(d => d.IsRelease && d.LeftOut == null && d.Rework == null),
        Selection.LeftOut => rows.Where(d => !d.IsRelease || d.LeftOut != null),
        Selection.LeftOutOfFailureRate => rows.Where(d => !d.IsRelease || d.LeftOut != null || d.IsRollback),
        _ => rows.Where(d => d.IsRelease && d.LeftOut == null),
    };

    private IQueryable<Deployment> Failed(IQueryable<Deployment> rows, Filter filter, bool isFailed)
    {
        if (filter.WindowHours is not { } hours) return rows.Where(d => (d.FailedBy != null) == isFailed);
        // The same as the columns read: incidents that the window alone links may be linked otherwise with another window (M22).
        var incidents = db.Incidents.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
            .Where(i => i.OrganizationId == filter.OrganizationId && i.LeftOut == null && i.MergedIntoId == null);
        var linked = incidents.Where(i => i.LinkMethod != null && i.LinkMethod != IncidentLinkMethod.Window).Select(i => i.DeploymentId);
        var followed = incidents
            .Where(i => (i.LinkMethod == null || i.LinkMethod == IncidentLinkMethod.Window) && i.WindowGapSeconds < hours * 3600)
            .Select(i => i.WindowDeploymentId);
        var takenBack = db.Deployments.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
            .Where(b => b.OrganizationId == filter.OrganizationId && b.LeftOut == null).Select(b => b.TakesBackId);
        return rows.Where(d => isFailed == (d.FailureReasons.Contains("revert")
            || linked.Contains(d.Id) || followed.Contains(d.Id) || takenBack.Contains(d.Id)));
    }

    // The same order as Item.WhyNot.
    private static IQueryable<Deployment> For(IQueryable<Deployment> rows, Reason reason) => reason switch
    {
        Reason.ByPerson => rows.Where(d => d.LeftOut != null),
        Reason.DidNotSucceed => rows.Where(d => d.LeftOut == null && d.Outcome == DeploymentOutcome.Failed),
        Reason.SameCommit => rows.Where(d => d.LeftOut == null && d.Outcome != DeploymentOutcome.Failed && !d.IsRelease),
        _ => rows.Where(d => d.LeftOut == null && d.IsRelease && d.IsRollback),
    };
}
