using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Sources;

namespace Veelocity.Web.Linking;

/// <summary>Reads what linking needs to know of one repository.</summary>
internal sealed class FactReader(VeelocityDb db)
{
    /// <param name="sourceNames">Workflows whose runs are read in any case: the services' present sources.</param>
    public async Task<RepositoryFacts> ReadAsync(Repository repository, IReadOnlyCollection<string?> sourceNames, CancellationToken cancellation)
    {
        var organization = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == repository.OrganizationId, cancellation);
        var rules = await db.EnvironmentRules.AsNoTracking()
            .Where(r => r.RepositoryId == null || r.RepositoryId == repository.Id).ToListAsync(cancellation);
        var workflows = await db.Workflows.Where(w => w.RepositoryId == repository.Id)
            .Select(w => new WorkflowFacts(w.Id, w.Name, w.Path)).ToListAsync(cancellation);
        var naming = new WorkflowNames(organization.DeployPattern, organization.NotDeployPattern);
        return new()
        {
            Name = repository.FullName[(repository.FullName.LastIndexOf('/') + 1)..],
            Url = repository.Url,
            DefaultBranch = repository.DefaultBranch,
            ProductionPattern = organization.ProductionPattern,
            DeployPattern = organization.DeployPattern,
            NotDeployPattern = organization.NotDeployPattern,
            DeployLabelPattern = organization.DeployLabelPattern,
            PullRequestRules = PullRequestRules.Of(organization),
            HeadSha = repository.HeadSha,
            EnvironmentUses = UsesOf(rules),
            Environments = await db.DeploymentEnvironments.Where(e => e.RepositoryId == repository.Id)
                .Select(e => new EnvironmentFacts(e.Name, e.IsDeclaredProduction, e.IsDeclaredTransient)).ToListAsync(cancellation),
            EnvironmentDeployments = await EnvironmentDeploymentsAsync(repository.Id, cancellation),
            Workflows = workflows,
            Runs = await RunsAsync(workflows.Where(w => sourceNames.Contains(w.Path) || naming.MayDeploy(w)), cancellation),
            Releases = await db.Releases.Where(r => r.RepositoryId == repository.Id)
                .Select(r => new ReleaseFacts(r.ExternalId, r.Tag, r.Name, r.Url, r.Sha, r.IsDraft, r.IsPrerelease, r.PublishedAt))
                .ToListAsync(cancellation),
            PullRequests = await PullRequestsAsync(repository, await PathsAsync(repository.Id, cancellation), cancellation),
            Commits = await db.Commits.Where(c => c.RepositoryId == repository.Id)
                .Select(c => new CommitFacts(c.Sha, c.ParentShas, c.CommittedAt)).ToListAsync(cancellation),
            RevertCommits = await db.Commits.Where(c => c.RepositoryId == repository.Id && c.NamedReverts.Length > 0)
                .Select(c => new RevertCommitFacts(c.Sha, c.CommittedAt, c.NamedReverts)).ToListAsync(cancellation),
        };
    }

    private async Task<List<EnvironmentDeploymentFacts>> EnvironmentDeploymentsAsync(Guid repositoryId, CancellationToken cancellation)
    {
        var deployments = db.EnvironmentDeployments.AsNoTracking().Where(d => d.RepositoryId == repositoryId);
        var statuses = await db.EnvironmentDeploymentStatuses
            .Join(deployments, s => s.EnvironmentDeploymentId, d => d.Id, (s, _) => s)
            .Select(s => new { s.EnvironmentDeploymentId, Facts = new StatusFacts(s.State, s.CreatedAt, s.LogUrl) })
            .ToListAsync(cancellation);
        var byDeployment = statuses.ToLookup(s => s.EnvironmentDeploymentId, s => s.Facts);
        return (await deployments.ToListAsync(cancellation)).ConvertAll(d => new EnvironmentDeploymentFacts(
            d.ExternalId, d.Environment, d.Sha, d.Ref, d.Description, d.CreatedAt, [.. byDeployment[d.Id]]));
    }

    private async Task<List<RunFacts>> RunsAsync(IEnumerable<WorkflowFacts> workflows, CancellationToken cancellation)
    {
        var ids = workflows.Select(w => w.Id).ToArray();
        return await db.WorkflowRuns.Where(r => ids.Contains(r.WorkflowId))
            .Select(r => new RunFacts(r.WorkflowId, r.ExternalId, r.Attempt, r.Title, r.Url, r.Event, r.HeadBranch, r.HeadSha,
                r.Conclusion, r.StartedAt, r.CompletedAt))
            .ToListAsync(cancellation);
    }

    // Only repositories that are split into services, or of an organization that excludes by files, have any.
    private Task<Dictionary<Guid, string[]>> PathsAsync(Guid repositoryId, CancellationToken cancellation) =>
        db.PullRequestPaths.AsNoTracking().Where(p => p.RepositoryId == repositoryId).ToDictionaryAsync(p => p.PullRequestId, p => p.Paths, cancellation);

    private static Dictionary<string, EnvironmentUse> UsesOf(List<EnvironmentRule> rules)
    {
        var uses = new Dictionary<string, EnvironmentUse>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in rules.OrderBy(r => r.RepositoryId is not null)) uses[rule.Name] = rule.Use;
        return uses;
    }

    private async Task<List<PullRequestFacts>> PullRequestsAsync(
        Repository repository, Dictionary<Guid, string[]> paths, CancellationToken cancellation)
    {
        var bots = await db.Accounts.Where(a => a.OrganizationId == repository.OrganizationId && a.IsBot)
            .Select(a => a.Id).ToHashSetAsync(cancellation);
        var pulls = db.PullRequests.AsNoTracking().Where(p => p.RepositoryId == repository.Id);
        var reviews = await db.Reviews
            .Join(pulls, r => r.PullRequestId, p => p.Id, (r, _) => new { r.PullRequestId, r.AuthorAccountId, r.State, r.SubmittedAt })
            .ToListAsync(cancellation);
        var decided = await db.MetricDecisions.AsNoTracking()
            .Where(d => d.RepositoryId == repository.Id && d.Subject == DecisionSubject.PullRequest && d.TakenBackAt == null)
            .ToDictionaryAsync(d => d.SubjectId, d => d.Verdict, cancellation);
        var byPull = reviews.ToLookup(
            r => r.PullRequestId,
            r => new ReviewFacts(r.AuthorAccountId, !IsBot(r.AuthorAccountId), r.State, r.SubmittedAt));
        return (await pulls.ToListAsync(cancellation)).ConvertAll(p => new PullRequestFacts
        {
            Id = p.Id,
            Number = p.Number,
            Title = p.Title,
            Url = p.Url,
            AuthorAccountId = p.AuthorAccountId,
            IsByBot = IsBot(p.AuthorAccountId),
            IsDraft = p.IsDraft,
            NamedReverts = p.NamedReverts,
            Decided = decided.TryGetValue(p.Id, out var verdict) ? verdict : null,
            CreatedAt = p.CreatedAt,
            FirstCommitAt = p.FirstCommitAt,
            MergedAt = p.MergedAt,
            BaseBranch = p.BaseBranch,
            HeadBranch = p.HeadBranch,
            HeadSha = p.HeadSha,
            IsFromFork = p.IsFromFork,
            MergeCommitSha = p.MergeCommitSha,
            CommitShas = p.CommitShas,
            CommitCount = p.CommitCount,
            Labels = p.Labels,
            Paths = paths.GetValueOrDefault(p.Id),
            ReadyForReviewAt = p.ReadyForReviewAt,
            ConvertedToDraftAt = p.ConvertedToDraftAt,
            Reviews = [.. byPull[p.Id]],
            Stored = new(new(p.ReadyAt, p.FirstReviewAt, p.ApprovedAt), p.WaitingSince, p.IsRevert, p.IsHotfix, p.LeftOut),
        });

        bool IsBot(Guid? account) => account is { } id && bots.Contains(id);
    }
}
