using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>All that linking knows of one repository: plain inputs, so that every rule can be tried without a database.</summary>
internal sealed record RepositoryFacts
{
    public required string Name { get; init; }
    public required string Url { get; init; }
    public string? DefaultBranch { get; init; }
    public string ProductionPattern { get; init; } = Organization.DefaultProductionPattern;
    public string DeployPattern { get; init; } = Organization.DefaultDeployPattern;
    public string NotDeployPattern { get; init; } = Organization.DefaultNotDeployPattern;
    public string DeployLabelPattern { get; init; } = Organization.DefaultDeployLabelPattern;
    public PullRequestRules PullRequestRules { get; init; } = PullRequestRules.Default;

    /// <summary>Where the default branch was when its history was last read to the end; null until then.</summary>
    public string? HeadSha { get; init; }

    /// <summary>What people said of environments, by name in any case.</summary>
    public IReadOnlyDictionary<string, EnvironmentUse> EnvironmentUses { get; init; } = new Dictionary<string, EnvironmentUse>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<EnvironmentFacts> Environments { get; init; } = [];
    public IReadOnlyList<EnvironmentDeploymentFacts> EnvironmentDeployments { get; init; } = [];
    public IReadOnlyList<WorkflowFacts> Workflows { get; init; } = [];

    /// <summary>Attempts of the workflows that may be a deployment source; of others none are needed.</summary>
    public IReadOnlyList<RunFacts> Runs { get; init; } = [];

    public IReadOnlyList<ReleaseFacts> Releases { get; init; } = [];
    public IReadOnlyList<TagFacts> Tags { get; init; } = [];

    /// <summary>Repositories that may deploy this one, with their own facts.</summary>
    public IReadOnlyList<OtherRepository> Others { get; init; } = [];

    /// <summary>Where renamed workflow files are now, by their old paths (M8).</summary>
    public IReadOnlyDictionary<string, string> RenamedPaths { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<PullRequestFacts> PullRequests { get; init; } = [];
    public IReadOnlyList<CommitFacts> Commits { get; init; } = [];

    /// <summary>Those of the commits that say they revert something.</summary>
    public IReadOnlyList<RevertCommitFacts> RevertCommits { get; init; } = [];

    /// <summary>Deployments of this repository that are another repository's services' and don't count as its own.</summary>
    public IReadOnlySet<string> DeployedForOthers { get; init; } = new HashSet<string>();

    public string CurrentPath(string path) => RenamedPaths.GetValueOrDefault(path, path);
}

/// <summary>A repository that may deploy another.</summary>
internal sealed record OtherRepository(Guid Id, string FullName, RepositoryFacts Facts);

internal sealed record EnvironmentFacts(string Name, bool? IsDeclaredProduction, bool? IsDeclaredTransient);

internal sealed record EnvironmentDeploymentFacts(
    long ExternalId,
    string Environment,
    string Sha,
    string? Ref,
    string? Description,
    DateTimeOffset CreatedAt,
    IReadOnlyList<StatusFacts> Statuses)
{
    /// <summary>The workflow whose run made it, by its log's address; null when that is unknown.</summary>
    public WorkflowFacts? Workflow { get; init; }

    /// <summary>Whether that run was scheduled.</summary>
    public bool IsScheduled { get; init; }
}

internal sealed record StatusFacts(string State, DateTimeOffset CreatedAt, string? LogUrl);

internal sealed record WorkflowFacts(Guid Id, string Name, string Path)
{
    /// <summary>The jobs in its file, by name; empty while that is unknown.</summary>
    public IReadOnlyList<string> FileJobs { get; init; } = [];
}

internal sealed record RunFacts(
    Guid WorkflowId,
    long ExternalId,
    int Attempt,
    string Title,
    string Url,
    string Event,
    string? HeadBranch,
    string HeadSha,
    string? Conclusion,
    DateTimeOffset StartedAt,
    DateTimeOffset? CompletedAt)
{
    /// <summary>Those that may deploy; others are not needed.</summary>
    public IReadOnlyList<JobFacts> Jobs { get; init; } = [];
}

internal sealed record JobFacts(string Name, string? Conclusion, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt);

/// <param name="TaggedAt">Null for a lightweight tag.</param>
internal sealed record TagFacts(string Name, string Sha, DateTimeOffset? TaggedAt, DateTimeOffset CommittedAt);

internal sealed record ReleaseFacts(
    string ExternalId,
    string Tag,
    string? Name,
    string Url,
    string? Sha,
    bool IsDraft,
    bool IsPrerelease,
    DateTimeOffset? PublishedAt);

internal sealed record CommitFacts(string Sha, IReadOnlyList<string> ParentShas, DateTimeOffset CommittedAt)
{
    public string Headline { get; init; } = "";
}

internal sealed record RevertCommitFacts(string Sha, DateTimeOffset CommittedAt, IReadOnlyList<string> NamedReverts);

/// <param name="IsHuman">False for a bot; a deleted account passes for a human.</param>
internal sealed record ReviewFacts(Guid? AuthorAccountId, bool IsHuman, ReviewState State, DateTimeOffset SubmittedAt);

internal sealed record PullRequestFacts
{
    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Url { get; init; }
    public Guid? AuthorAccountId { get; init; }
    public bool IsByBot { get; init; }
    public bool IsDraft { get; init; }

    /// <summary>What it says that it reverts (<see cref="RevertText"/>).</summary>
    public IReadOnlyList<string> NamedReverts { get; init; } = [];

    /// <summary>These three are found by linking itself, from all pull requests together.</summary>
    public bool IsRevert { get; init; }
    public bool IsPromotion { get; init; }
    public bool IsExcludedByRule { get; init; }

    /// <summary>What a member said of its place in the numbers; null when nobody did.</summary>
    public DecisionVerdict? Decided { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FirstCommitAt { get; init; }
    public DateTimeOffset? MergedAt { get; init; }
    public required string BaseBranch { get; init; }
    public required string HeadBranch { get; init; }
    public string? HeadSha { get; init; }
    public bool IsFromFork { get; init; }
    public string? MergeCommitSha { get; init; }

    /// <summary>Its own commits, also those that a squash left out of the base branch.</summary>
    public IReadOnlyList<string> CommitShas { get; init; } = [];

    public int CommitCount { get; init; } = 1;
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The files it changed; null while they are not read.</summary>
    public IReadOnlyList<string>? Paths { get; init; }

    public IReadOnlyList<DateTimeOffset> ReadyForReviewAt { get; init; } = [];
    public IReadOnlyList<DateTimeOffset> ConvertedToDraftAt { get; init; } = [];
    public IReadOnlyList<ReviewFacts> Reviews { get; init; } = [];

    /// <summary>What the row holds now, to write only what differs.</summary>
    public LinkedPullRequest Stored { get; init; } = new(ReviewTimes.None, null, false, false, null);

    /// <summary>Why it is in no lead time, wherever it is deployed (M35); what a member decided wins.</summary>
    public LeftOut? LeftOut => Decided switch
    {
        DecisionVerdict.Exclude => Data.LeftOut.ByPerson,
        DecisionVerdict.Include => null,
        _ => IsByBot ? Data.LeftOut.Bot
            : IsRevert ? Data.LeftOut.Revert
            : IsPromotion ? Data.LeftOut.Promotion
            : IsExcludedByRule ? Data.LeftOut.Rule
            : null,
    };
}

/// <summary>What linking writes onto a pull request's row.</summary>
internal sealed record LinkedPullRequest(ReviewTimes Review, DateTimeOffset? WaitingSince, bool IsRevert, bool IsHotfix, LeftOut? LeftOut)
{
    /// <summary>The services that cover it, in order.</summary>
    public IReadOnlyList<Guid> ServiceIds { get; init; } = [];

    public bool Equals(LinkedPullRequest? other) =>
        other is not null && (Review, WaitingSince, IsRevert, IsHotfix, LeftOut)
            == (other.Review, other.WaitingSince, other.IsRevert, other.IsHotfix, other.LeftOut) && ServiceIds.SequenceEqual(other.ServiceIds);

    public override int GetHashCode() => HashCode.Combine(Review, WaitingSince, ServiceIds.Count);
}
