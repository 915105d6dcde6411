using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Flow;

/// <summary>
/// The life of one pull request: from its first commit (M19) over reviews (M26), merge and production (M17), service by service, to what
/// came of it there: rollback (M14), revert (M30), incident and its end (M22); before it the issues that it is work on (M31); with the stages (M20) that the time went into.
/// </summary>
public sealed class ChangeLife(VeelocityDb db, ChangesAtRisk risk, Reverts reverts, ChangeIssues planned, TimeProvider clock)
{
    private const int MostFailures = 20;

    /// <param name="Longest">The stage that took, or takes, most of the time; null when none is known.</param>
    /// <param name="Present">The stage that it is in, and how long that usually takes; null when it is in none any more.</param>
    public sealed record Life(
        ChangeFacts Change, ChangeStanding Standing, LeftOut? LeftOut, IReadOnlyList<StageSpan> Stages, ChangeStage? Longest, ChangesAtRisk.Item? Present,
        IReadOnlyList<LifeStep> Steps, IReadOnlyList<ChangeRelease> Releases, IReadOnlyList<ChangeName> TakenBackBy, IReadOnlyList<ChangeName> TakesBack,
        IReadOnlyList<ChangeIssues.Item> Issues);

    /// <summary>Null when the organization has no such pull request.</summary>
    public async Task<Life?> FindAsync(Guid organizationId, Guid id, CancellationToken cancellation)
    {
        if (await FactsAsync(organizationId, id, cancellation) is not var (pull, facts)) return null;
        var deployed = await db.RowsOf<DeployedChange>(organizationId).Where(c => c.PullRequestId == id).ToListAsync(cancellation);
        var first = deployed.Find(c => c.IsFirst) ?? deployed.MinBy(c => c.DeployedAt);
        var present = first is null ? await risk.PresentAsync(organizationId, id, cancellation) : null;
        var stages = StageSpan.Of(pull, first, present?.Stage, clock.GetUtcNow());
        var pairs = await reverts.OfAsync(organizationId, [id], cancellation);
        var releases = await ReleasesAsync(organizationId, deployed, cancellation);
        var steps = new List<LifeStep>(LifeSteps.OfPullRequest(pull, facts));
        var issues = await planned.OfAsync(organizationId, id, cancellation);
        steps.AddRange(await planned.StepsAsync(organizationId, issues, cancellation));
        steps.AddRange(await ReviewsAsync(organizationId, pull, cancellation));
        steps.AddRange(await FailuresAsync(organizationId, pull, deployed, first, cancellation));
        steps.AddRange(releases.Select(r => new LifeStep(LifeStepKind.Deployed, r.FinishedAt, Note: $"{r.Title} of {r.Service}", SubjectId: r.DeploymentId, Url: r.Url)));
        steps.AddRange(pairs.Where(pair => pair.TakenBackId == id && pair.RevertMergedAt is not null)
            .Select(pair => new LifeStep(LifeStepKind.Reverted, pair.RevertMergedAt!.Value, Note: $"#{pair.RevertNumber} {pair.RevertTitle}", SubjectId: pair.RevertId)));
        steps.AddRange(await AftermathAsync(organizationId, [.. releases.Select(r => r.DeploymentId)], cancellation));
        return new Life(
            facts, StandingOf(facts, first), first is not null ? first.LeftOut : pull.MergedAt is null ? null : pull.LeftOut, stages, stages.MaxBy(span => span.Seconds)?.Stage, present, LifeStep.InOrder(steps, stages), releases,
            [.. pairs.Where(pair => pair.TakenBackId == id).Select(pair => new ChangeName(pair.RevertId, pair.RevertNumber, pair.RevertTitle))],
            [.. pairs.Where(pair => pair.RevertId == id).Select(pair => new ChangeName(pair.TakenBackId, pair.TakenBackNumber, pair.TakenBackTitle))],
            issues);
    }

    private async Task<(PullRequest Pull, ChangeFacts Facts)?> FactsAsync(Guid organizationId, Guid id, CancellationToken cancellation)
    {
        var accounts = db.RowsOf<Account>(organizationId);
        var found = await (
            from p in db.RowsOf<PullRequest>(organizationId)
            where p.Id == id
            join r in db.RowsOf<Repository>(organizationId) on p.RepositoryId equals r.Id
            join a in accounts on p.AuthorAccountId equals a.Id into authors
            from a in authors.DefaultIfEmpty()
            select new
            {
                Pull = p,
                Facts = new ChangeFacts(
                    p.Id, p.RepositoryId, r.FullName, r.DefaultBranch, p.Number, p.Title, p.Url, p.State, p.IsDraft, a.Login, a != null && a.IsBot,
                    p.BaseBranch, p.HeadBranch, p.Additions, p.Deletions, p.ChangedFiles, p.CommitCount, p.Labels, p.IsRevert, p.CreatedAt,
                    p.FirstCommitAt, p.MergedAt, p.ClosedAt, p.WaitingSince),
            }).SingleOrDefaultAsync(cancellation);
        return found is null ? null : (found.Pull, found.Facts);
    }

    private async Task<IReadOnlyList<ChangeRelease>> ReleasesAsync(Guid organizationId, List<DeployedChange> deployed, CancellationToken cancellation)
    {
        var ids = deployed.ConvertAll(c => c.DeploymentId);
        var deployments = await (
            from d in db.RowsOf<Deployment>(organizationId)
            where ids.Contains(d.Id)
            join s in db.RowsOf<Service>(organizationId) on d.ServiceId equals s.Id
            select new { Deployment = d, Service = s.Name }).ToDictionaryAsync(x => x.Deployment.Id, cancellation);
        return [.. from c in deployed
                   let x = deployments[c.DeploymentId]
                   orderby c.DeployedAt, x.Service
                   select new ChangeRelease(
                       c.DeploymentId, x.Service, x.Deployment.Title, x.Deployment.Url, x.Deployment.FinishedAt, c.IsFirst, c.IsByTime, c.IsSkewed, c.LeadSeconds,
                       c.LeftOut, x.Deployment.FailedBy, x.Deployment.Rework)];
    }

    private async Task<IEnumerable<LifeStep>> ReviewsAsync(Guid organizationId, PullRequest pull, CancellationToken cancellation)
    {
        var accounts = db.RowsOf<Account>(organizationId);
        var reviews = await (
            from v in db.RowsOf<Review>(organizationId)
            where v.PullRequestId == pull.Id
            join a in accounts on v.AuthorAccountId equals a.Id into authors
            from a in authors.DefaultIfEmpty()
            select new { Review = v, a.Login, IsBot = a != null && a.IsBot }).ToListAsync(cancellation);
        return reviews.Select(row => LifeSteps.OfReview(pull, row.Review, row.Login, row.IsBot));
    }

    // What failed between the merge and the first deployment is why it took so long.
    private async Task<IEnumerable<LifeStep>> FailuresAsync(
        Guid organizationId, PullRequest pull, List<DeployedChange> deployed, DeployedChange? first, CancellationToken cancellation)
    {
        if (pull.MergedAt is not { } mergedAt || (first is null && pull.WaitingSince is null)) return [];
        var services = deployed.ConvertAll(c => c.ServiceId);
        var until = first?.DeployedAt ?? clock.GetUtcNow();
        var failures = await (
            from d in db.RowsOf<Deployment>(organizationId)
            where d.RepositoryId == pull.RepositoryId && d.IsProduction && d.Outcome == DeploymentOutcome.Failed
            where services.Count == 0 || services.Contains(d.ServiceId)
            where d.StartedAt >= mergedAt && d.FinishedAt <= until
            join s in db.RowsOf<Service>(organizationId) on d.ServiceId equals s.Id
            orderby d.FinishedAt descending
            select new { d.Id, d.FinishedAt, d.Title, d.Url, Service = s.Name }).Take(MostFailures).ToListAsync(cancellation);
        return failures.Select(d => new LifeStep(LifeStepKind.DeploymentFailed, d.FinishedAt, Note: $"{d.Title} of {d.Service}", SubjectId: d.Id, Url: d.Url));
    }

    private async Task<IEnumerable<LifeStep>> AftermathAsync(Guid organizationId, List<Guid> deployments, CancellationToken cancellation)
    {
        if (deployments.Count == 0) return [];
        var rollbacks = await db.RowsOf<Deployment>(organizationId).Where(d => d.TakesBackId != null && deployments.Contains(d.TakesBackId.Value)).ToListAsync(cancellation);
        var fixes = db.RowsOf<Deployment>(organizationId);
        var incidents = await (
            from i in db.RowsOf<Incident>(organizationId)
            where i.DeploymentId != null && deployments.Contains(i.DeploymentId.Value) && i.MergedIntoId == null
            join f in fixes on i.FixDeploymentId equals f.Id into remedies
            from f in remedies.DefaultIfEmpty()
            select new { Incident = i, Fix = f }).ToListAsync(cancellation);
        return
        [
            .. rollbacks.Select(d => new LifeStep(LifeStepKind.RolledBack, d.FinishedAt, Note: d.Title, SubjectId: d.Id, Url: d.Url)),
            .. incidents.Select(x => new LifeStep(LifeStepKind.IncidentStarted, x.Incident.StartedAt, Note: x.Incident.Title, SubjectId: x.Incident.Id, Url: x.Incident.Url)),
            .. incidents.Where(x => x.Incident.ResolvedAt is not null).Select(x =>
                new LifeStep(LifeStepKind.IncidentEnded, x.Incident.ResolvedAt!.Value, Note: x.Incident.Title, SubjectId: x.Incident.Id, Url: x.Incident.Url)),
            .. incidents.Select(x => x.Fix).OfType<Deployment>().DistinctBy(f => f.Id).Where(f => rollbacks.TrueForAll(d => d.Id != f.Id))
                .Select(f => new LifeStep(LifeStepKind.Fixed, f.FinishedAt, Note: f.Title, SubjectId: f.Id, Url: f.Url)),
        ];
    }

    private static ChangeStanding StandingOf(ChangeFacts change, DeployedChange? first) => change switch
    {
        _ when first is not null => first.LeftOut is null ? ChangeStanding.Counted : ChangeStanding.LeftOut,
        { WaitingSince: not null } => ChangeStanding.Waiting,
        { State: PullRequestState.Open } => ChangeStanding.Open,
        { State: PullRequestState.Closed } => ChangeStanding.Closed,
        _ => ChangeStanding.NotDeployed,
    };
}
