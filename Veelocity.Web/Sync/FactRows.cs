using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>The rows that a batch of facts becomes. Ids follow from the facts, so this needs no look at the database.</summary>
internal sealed class FactRows(Guid organizationId, Guid connectionId, string provider)
{
    public List<Repository> Repositories { get; } = [];
    public Dictionary<Guid, Account> Accounts { get; } = [];
    public Dictionary<Guid, PullRequest> PullRequests { get; } = [];
    public Dictionary<(Guid, string), Review> Reviews { get; } = [];
    public Dictionary<(Guid, string), Commit> Commits { get; } = [];
    public Dictionary<Guid, Release> Releases { get; } = [];
    public Dictionary<Guid, Workflow> Workflows { get; } = [];
    public Dictionary<Guid, WorkflowRun> Runs { get; } = [];
    public Dictionary<(Guid, long), WorkflowJob> Jobs { get; } = [];
    public Dictionary<(Guid, string), DeploymentEnvironment> Environments { get; } = [];
    public Dictionary<Guid, EnvironmentDeployment> Deployments { get; } = [];
    public Dictionary<(Guid, string), EnvironmentDeploymentStatus> Statuses { get; } = [];

    /// <summary>Repositories that the facts are about.</summary>
    public HashSet<Guid> Touched { get; } = [];

    public void Add(Fact fact)
    {
        switch (fact)
        {
            case RepositoryFact repository: Add(repository); break;
            case PullRequestFact pull: Add(pull); break;
            case CommitFact commit: Add(commit); break;
            case ReleaseFact release: Add(release); break;
            case WorkflowFact workflow: Add(workflow); break;
            case WorkflowRunFact run: Add(run); break;
            case EnvironmentFact environment: Add(environment); break;
            case EnvironmentDeploymentFact deployment: Add(deployment); break;
            default: throw new ArgumentException($"Nothing is known to do with a {fact.GetType().Name}.", nameof(fact));
        }
    }

    private void Add(RepositoryFact fact) => Repositories.Add(new Repository
    {
        Id = Repository.IdOf(organizationId, fact.ExternalId),
        OrganizationId = organizationId,
        ConnectionId = connectionId,
        ExternalId = fact.ExternalId,
        NodeId = fact.NodeId,
        FullName = fact.FullName,
        Url = fact.Url,
        DefaultBranch = fact.DefaultBranch,
        IsPrivate = fact.IsPrivate,
        IsArchived = fact.IsArchived,
        IsFork = fact.IsFork,
        CreatedAt = fact.CreatedAt,
        PushedAt = fact.PushedAt,
    });

    private void Add(PullRequestFact fact)
    {
        var repositoryId = RepositoryOf(fact.RepositoryExternalId);
        var id = PullRequest.IdOf(repositoryId, fact.Number);
        var (isRevert, revertsNumber, revertsSha) = PullRequest.RecognizeRevert(fact.Title, fact.HeadBranch, fact.Body);
        PullRequests[id] = new PullRequest
        {
            Id = id,
            OrganizationId = organizationId,
            RepositoryId = repositoryId,
            Number = fact.Number,
            Title = fact.Title,
            Url = fact.Url,
            State = fact.State switch
            {
                PullState.Merged => PullRequestState.Merged,
                PullState.Closed => PullRequestState.Closed,
                _ => PullRequestState.Open,
            },
            IsDraft = fact.IsDraft,
            AuthorAccountId = AccountOf(fact.Author),
            MergedByAccountId = AccountOf(fact.MergedBy),
            CreatedAt = fact.CreatedAt,
            UpdatedAt = fact.UpdatedAt,
            ClosedAt = fact.ClosedAt,
            MergedAt = fact.MergedAt,
            BaseBranch = fact.BaseBranch,
            HeadBranch = fact.HeadBranch,
            HeadSha = fact.HeadSha,
            MergeCommitSha = fact.MergeCommitSha,
            Additions = fact.Additions,
            Deletions = fact.Deletions,
            ChangedFiles = fact.ChangedFiles,
            CommentCount = fact.CommentCount,
            CommitCount = fact.CommitCount,
            FirstCommitAt = fact.FirstCommitAt,
            Labels = [.. fact.Labels],
            ReadyForReviewAt = [.. fact.ReadyForReviewAt.Order()],
            ConvertedToDraftAt = [.. fact.ConvertedToDraftAt.Order()],
            IsRevert = isRevert,
            RevertsNumber = revertsNumber,
            RevertsSha = revertsSha,
        };
        foreach (var review in fact.Reviews)
        {
            Reviews[(id, review.ExternalId)] = new Review
            {
                OrganizationId = organizationId,
                PullRequestId = id,
                ExternalId = review.ExternalId,
                AuthorAccountId = AccountOf(review.Author),
                State = review.Verdict switch
                {
                    ReviewVerdict.Approved => ReviewState.Approved,
                    ReviewVerdict.ChangesRequested => ReviewState.ChangesRequested,
                    ReviewVerdict.Dismissed => ReviewState.Dismissed,
                    _ => ReviewState.Commented,
                },
                SubmittedAt = review.SubmittedAt,
            };
        }
    }

    private void Add(CommitFact fact)
    {
        var repositoryId = RepositoryOf(fact.RepositoryExternalId);
        Commits[(repositoryId, fact.Sha)] = new Commit
        {
            OrganizationId = organizationId,
            RepositoryId = repositoryId,
            Sha = fact.Sha,
            Headline = fact.Headline,
            AuthoredAt = fact.AuthoredAt,
            CommittedAt = fact.CommittedAt,
            ParentShas = [.. fact.ParentShas],
            AuthorAccountId = AccountOf(fact.Author),
            AuthorName = fact.AuthorName,
            AuthorEmail = fact.AuthorEmail,
        };
    }

    private void Add(ReleaseFact fact)
    {
        var repositoryId = RepositoryOf(fact.RepositoryExternalId);
        var id = Release.IdOf(repositoryId, fact.ExternalId);
        Releases[id] = new Release
        {
            Id = id,
            OrganizationId = organizationId,
            RepositoryId = repositoryId,
            ExternalId = fact.ExternalId,
            Tag = fact.Tag,
            Name = fact.Name,
            Url = fact.Url,
            Sha = fact.Sha,
            IsDraft = fact.IsDraft,
            IsPrerelease = fact.IsPrerelease,
            PublishedAt = fact.PublishedAt,
        };
    }

    private void Add(WorkflowFact fact)
    {
        var repositoryId = RepositoryOf(fact.RepositoryExternalId);
        var id = Workflow.IdOf(repositoryId, fact.ExternalId);
        Workflows[id] = new Workflow
        {
            Id = id,
            OrganizationId = organizationId,
            RepositoryId = repositoryId,
            ExternalId = fact.ExternalId,
            Name = fact.Name,
            Path = fact.Path,
            State = fact.State,
        };
    }

    private void Add(WorkflowRunFact fact)
    {
        var repositoryId = RepositoryOf(fact.RepositoryExternalId);
        var id = WorkflowRun.IdOf(repositoryId, fact.ExternalId, fact.Attempt);
        Runs[id] = new WorkflowRun
        {
            Id = id,
            OrganizationId = organizationId,
            RepositoryId = repositoryId,
            WorkflowId = Workflow.IdOf(repositoryId, fact.WorkflowExternalId),
            ExternalId = fact.ExternalId,
            Attempt = fact.Attempt,
            RunNumber = fact.RunNumber,
            Title = fact.Title,
            Url = fact.Url,
            Event = fact.Event,
            HeadBranch = fact.HeadBranch,
            HeadSha = fact.HeadSha,
            Status = fact.Status,
            Conclusion = fact.Conclusion,
            ActorAccountId = AccountOf(fact.Actor),
            CreatedAt = fact.CreatedAt,
            StartedAt = fact.StartedAt,
            CompletedAt = fact.CompletedAt,
        };
        foreach (var job in fact.Jobs ?? [])
        {
            Jobs[(id, job.ExternalId)] = new WorkflowJob
            {
                OrganizationId = organizationId,
                RunId = id,
                ExternalId = job.ExternalId,
                Name = job.Name,
                Status = job.Status,
                Conclusion = job.Conclusion,
                StartedAt = job.StartedAt,
                CompletedAt = job.CompletedAt,
                FailedStep = job.FailedStep,
            };
        }
    }

    private void Add(EnvironmentFact fact)
    {
        var repositoryId = RepositoryOf(fact.RepositoryExternalId);
        Environments[(repositoryId, fact.Name)] = new DeploymentEnvironment
        {
            OrganizationId = organizationId,
            RepositoryId = repositoryId,
            Name = fact.Name,
            IsDeclaredProduction = fact.IsProduction,
            IsDeclaredTransient = fact.IsTransient,
        };
    }

    private void Add(EnvironmentDeploymentFact fact)
    {
        var repositoryId = RepositoryOf(fact.RepositoryExternalId);
        var id = EnvironmentDeployment.IdOf(repositoryId, fact.ExternalId);
        Deployments[id] = new EnvironmentDeployment
        {
            Id = id,
            OrganizationId = organizationId,
            RepositoryId = repositoryId,
            ExternalId = fact.ExternalId,
            NodeId = fact.NodeId,
            Environment = fact.Environment,
            Sha = fact.Sha,
            Ref = fact.Ref,
            Description = fact.Description,
            CreatorAccountId = AccountOf(fact.Creator),
            CreatedAt = fact.CreatedAt,
        };
        foreach (var status in fact.Statuses)
        {
            Statuses[(id, status.ExternalId)] = new EnvironmentDeploymentStatus
            {
                OrganizationId = organizationId,
                EnvironmentDeploymentId = id,
                ExternalId = status.ExternalId,
                State = status.State,
                CreatedAt = status.CreatedAt,
                LogUrl = status.LogUrl,
            };
        }
    }

    private Guid RepositoryOf(string externalId)
    {
        var id = Repository.IdOf(organizationId, externalId);
        Touched.Add(id);
        return id;
    }

    private Guid? AccountOf(Actor? actor)
    {
        if (actor is null) return null;
        var id = Account.IdOf(organizationId, provider, actor.ExternalId);
        var known = Accounts.GetValueOrDefault(id);
        Accounts[id] = new Account
        {
            Id = id,
            OrganizationId = organizationId,
            Provider = provider,
            ExternalId = actor.ExternalId,
            Login = actor.Login,
            Name = actor.Name ?? known?.Name,
            Email = actor.Email ?? known?.Email,
            Kind = actor.Kind switch
            {
                ActorKind.Bot => AccountKind.Bot,
                ActorKind.Mannequin => AccountKind.Mannequin,
                _ => AccountKind.Human,
            },
        };
        return id;
    }
}
