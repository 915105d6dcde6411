using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Sources;

namespace Veelocity.Web.Linking;

/// <summary>Reads what linking needs to know of one repository.</summary>
internal sealed class FactReader(VeelocityDb db)
{
    /// <param name="sources">Sources whose facts are read in any case, such as those of the services now.</param>
    public async Task<RepositoryFacts> ReadAsync(Repository repository, IReadOnlyCollection<ServiceSource> sources, CancellationToken cancellation)
    {
        var facts = await OwnAsync(repository, [.. sources.Where(s => s.RepositoryId is null)], cancellation);
        var others = await new OtherRepositories(db).FindAsync(repository, facts, sources, cancellation);
        var read = new List<OtherRepository>();
        foreach (var other in others)
        {
            var there = sources.Where(s => s.RepositoryId == other.Id).Select(s => s with { RepositoryId = null });
            read.Add(new(other.Id, other.FullName, await OwnAsync(other, [.. there], cancellation)));
        }
        return facts with { Others = read };
    }

    private async Task<RepositoryFacts> OwnAsync(Repository repository, IReadOnlyCollection<ServiceSource> sources, CancellationToken cancellation)
    {
        var organization = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == repository.OrganizationId, cancellation);
        var rules = await db.EnvironmentRules.AsNoTracking()
            .Where(r => r.RepositoryId == null || r.RepositoryId == repository.Id).ToListAsync(cancellation);
        var delivery = new DeliveryReader(db, repository, organization);
        var workflows = await delivery.WorkflowsAsync(cancellation);
        return WorkflowRenames.Apply(new()
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
            EnvironmentDeployments = await delivery.EnvironmentDeploymentsAsync(workflows, cancellation),
            Workflows = workflows,
            Runs = await delivery.RunsAsync(workflows, sources, cancellation),
            Releases = await db.Releases.Where(r => r.RepositoryId == repository.Id)
                .Select(r => new ReleaseFacts(r.ExternalId, r.Tag, r.Name, r.Url, r.Sha, r.IsDraft, r.IsPrerelease, r.PublishedAt))
                .ToListAsync(cancellation),
            Tags = await db.GitTags.Where(t => t.RepositoryId == repository.Id)
                .Select(t => new TagFacts(t.Name, t.Sha, t.TaggedAt, t.CommittedAt)).ToListAsync(cancellation),
            PullRequests = await PullRequestsAsync(repository, await PathsAsync(repository.Id, cancellation), cancellation),
            Commits = await db.Commits.Where(c => c.RepositoryId == repository.Id)
                .Select(c => new CommitFacts(c.Sha, c.ParentShas, c.CommittedAt) { Headline = c.Headline }).ToListAsync(cancellation),
            RevertCommits = await db.Commits.Where(c => c.RepositoryId == repository.Id && c.NamedReverts.Length > 0)
                .Select(c => new RevertCommitFacts(c.Sha, c.CommittedAt, c.NamedReverts)).ToListAsync(cancellation),
            DeployedForOthers = await delivery.ForOthersAsync(cancellation),
        });
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
            Stored = new(new(p.ReadyAt, p.FirstReviewAt, p.ApprovedAt, p.IsReviewed), p.WaitingSince, p.IsRevert, p.IsHotfix, p.LeftOut)
            {
                ServiceIds = p.ServiceIds,
            },
        });

        bool IsBot(Guid? account) => account is { } id && bots.Contains(id);
    }
}
