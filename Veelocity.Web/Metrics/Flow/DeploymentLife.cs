using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Flow;

/// <summary>
/// One deployment: where it is known from (M8), what it brought (M15, M17), whether it counts as a release (M12), failed (M21), was a rollback
/// (M14) or a repair (M24) and by what that is known, its incidents (M22), and its service's deployments before and after it.
/// </summary>
public sealed class DeploymentLife(VeelocityDb db, Reverts reverts)
{
    /// <summary>How many of its pull requests are listed.</summary>
    public const int MostChanges = 200;

    /// <param name="Source">What deployments of the service are read from.</param>
    /// <param name="IsRelease">Counts in deployment frequency.</param>
    /// <param name="FailureReasons">Every reason why it failed (M21): incident_by_person, incident, rollback, revert; the surest first.</param>
    public sealed record DeploymentFacts(
        Guid Id, Guid RepositoryId, string Repository, Guid ServiceId, string Service, DeploymentSource Source, string? SourceName, string Environment,
        bool IsProduction, string Title, string Url, string? Sha, string? Ref, DeploymentOutcome Outcome, DateTimeOffset StartedAt, DateTimeOffset FinishedAt,
        bool IsRelease, bool IsRollback, Guid? TakesBackId, DeploymentContents Contents, ChangeFailure? FailedBy,
        IReadOnlyList<string> FailureReasons, Rework? Rework, LeftOut? LeftOut)
    {
        /// <summary>Of a lightweight tag, which has no date of its own: its time is its commit's (M8).</summary>
        public bool IsDatedByCommit { get; init; }
    }

    /// <summary>A pull request that it was the first to bring to its service's production.</summary>
    public sealed record BroughtChange(
        Guid Id, int Number, string Title, string Url, string? Author, DateTimeOffset? MergedAt, double LeadSeconds, bool IsByTime, LeftOut? LeftOut, bool IsRevert);

    /// <summary>A deployment of the same service, named.</summary>
    public sealed record Neighbour(Guid Id, string Title, string? Sha, DeploymentOutcome Outcome, bool IsRollback, DateTimeOffset FinishedAt);

    /// <summary>An incident that it brought or ended.</summary>
    public sealed record LinkedIncident(
        Guid Id, string Title, IncidentSeverity? Severity, DateTimeOffset StartedAt, DateTimeOffset? ResolvedAt,
            bool HasUnknownEnd, IncidentLinkMethod? LinkMethod);

    /// <param name="ChangeCount">Of the pull requests, of which <see cref="MostChanges"/> at most are listed.</param>
    /// <param name="TakesBack">The release that it took back; null when it took none.</param>
    /// <param name="Before">The deployment of the service and environment before it; null for the first known.</param>
    public sealed record Life(
        DeploymentFacts Deployment, IReadOnlyList<BroughtChange> Changes, long ChangeCount, IReadOnlyList<Reverts.Pair> Reverted, Neighbour? TakesBack,
        IReadOnlyList<Neighbour> TakenBackBy, IReadOnlyList<LinkedIncident> Brought, IReadOnlyList<LinkedIncident> Ended, Neighbour? Before, Neighbour? After);

    /// <summary>Null when the organization has no such deployment.</summary>
    public async Task<Life?> FindAsync(Guid organizationId, Guid id, CancellationToken cancellation)
    {
        if (await FactsAsync(organizationId, id, cancellation) is not { } facts) return null;
        var changes = await ChangesAsync(organizationId, id, cancellation);
        var count = changes.Count < MostChanges
            ? changes.Count
            : await db.RowsOf<DeployedChange>(organizationId).LongCountAsync(c => c.DeploymentId == id, cancellation);
        var all = db.RowsOf<Deployment>(organizationId);
        var ofService = all.Where(d => d.ServiceId == facts.ServiceId && d.Environment == facts.Environment && d.Id != id);
        var incidents = db.RowsOf<Incident>(organizationId);
        var pairs = await reverts.OfAsync(organizationId, [.. changes.Select(c => c.Id)], cancellation);
        var brought = changes.Select(c => c.Id).ToHashSet();
        return new Life(
            facts, changes, count,
            [.. pairs.Where(pair => brought.Contains(pair.TakenBackId) ? pair.RevertMergedAt > facts.FinishedAt : brought.Contains(pair.RevertId))],
            await Named(all.Where(d => d.Id == facts.TakesBackId)).SingleOrDefaultAsync(cancellation),
            await Named(all.Where(d => d.TakesBackId == id).OrderBy(d => d.FinishedAt)).ToListAsync(cancellation),
            await Linked(incidents.Where(i => i.DeploymentId == id)).ToListAsync(cancellation),
            await Linked(incidents.Where(i => i.FixDeploymentId == id)).ToListAsync(cancellation),
            await Named(ofService.Where(d => d.FinishedAt < facts.FinishedAt || (d.FinishedAt == facts.FinishedAt && d.Id.CompareTo(id) < 0))
                .OrderByDescending(d => d.FinishedAt).ThenByDescending(d => d.Id)).FirstOrDefaultAsync(cancellation),
            await Named(ofService.Where(d => d.FinishedAt > facts.FinishedAt || (d.FinishedAt == facts.FinishedAt && d.Id.CompareTo(id) > 0))
                .OrderBy(d => d.FinishedAt).ThenBy(d => d.Id)).FirstOrDefaultAsync(cancellation));
    }

    private Task<DeploymentFacts?> FactsAsync(Guid organizationId, Guid id, CancellationToken cancellation) => (
        from d in db.RowsOf<Deployment>(organizationId)
        where d.Id == id
        join r in db.RowsOf<Repository>(organizationId) on d.RepositoryId equals r.Id
        join s in db.RowsOf<Service>(organizationId) on d.ServiceId equals s.Id
        select new DeploymentFacts(
            d.Id, d.RepositoryId, r.FullName, d.ServiceId, s.Name, s.Source, s.SourceName, d.Environment, d.IsProduction, d.Title, d.Url, d.Sha, d.Ref, d.Outcome,
            d.StartedAt, d.FinishedAt, d.IsRelease, d.IsRollback, d.TakesBackId, d.Contents, d.FailedBy, d.FailureReasons, d.Rework, d.LeftOut)
        {
            IsDatedByCommit = s.Source == DeploymentSource.Tags && db.RowsOf<GitTag>(organizationId)
                .Any(t => t.RepositoryId == d.RepositoryId && t.Name == d.Ref && t.TaggedAt == null),
        }).SingleOrDefaultAsync(cancellation);

    private Task<List<BroughtChange>> ChangesAsync(Guid organizationId, Guid id, CancellationToken cancellation)
    {
        var accounts = db.RowsOf<Account>(organizationId);
        return (
            from c in db.RowsOf<DeployedChange>(organizationId)
            where c.DeploymentId == id
            join p in db.RowsOf<PullRequest>(organizationId) on c.PullRequestId equals p.Id
            join a in accounts on p.AuthorAccountId equals a.Id into authors
            from a in authors.DefaultIfEmpty()
            orderby p.MergedAt, p.Number
            select new BroughtChange(p.Id, p.Number, p.Title, p.Url, a.Login, p.MergedAt, c.LeadSeconds, c.IsByTime, c.LeftOut, p.IsRevert))
            .Take(MostChanges).ToListAsync(cancellation);
    }

    private static IQueryable<Neighbour> Named(IQueryable<Deployment> deployments) =>
        deployments.Select(d => new Neighbour(d.Id, d.Title, d.Sha, d.Outcome, d.IsRollback, d.FinishedAt));

    private static IQueryable<LinkedIncident> Linked(IQueryable<Incident> incidents) =>
        incidents.Where(i => i.MergedIntoId == null).OrderBy(i => i.StartedAt)
            .Select(i => new LinkedIncident(i.Id, i.Title, i.Severity, i.StartedAt, i.ResolvedAt, i.HasUnknownEnd,
            i.LinkMethod));
}
