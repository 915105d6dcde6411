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
    public IReadOnlyList<PullRequestFacts> PullRequests { get; init; } = [];
    public IReadOnlyList<CommitFacts> Commits { get; init; } = [];

    /// <summary>Those of the commits that say they revert something.</summary>
    public IReadOnlyList<RevertCommitFacts> RevertCommits { get; init; } = [];
}

internal sealed record EnvironmentFacts(string Name, bool? IsDeclaredProduction, bool? IsDeclaredTransient);

internal sealed record EnvironmentDeploymentFacts(
    long ExternalId,
    string Environment,
    string Sha,
    string? Ref,
    string? Description,
    DateTimeOffset CreatedAt,
    IReadOnlyList<StatusFacts> Statuses);

internal sealed record StatusFacts(string State, DateTimeOffset CreatedAt, string? LogUrl);

internal sealed record WorkflowFacts(Guid Id, string Name, string Path);

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
    DateTimeOffset? CompletedAt);

internal sealed record ReleaseFacts(
    string ExternalId,
    string Tag,
    string? Name,
    string Url,
    string? Sha,
    bool IsDraft,
    bool IsPrerelease,
    DateTimeOffset? PublishedAt);

internal sealed record CommitFacts(string Sha, IReadOnlyList<string> ParentShas, DateTimeOffset CommittedAt);

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
    public LinkedPullRequest Stored { get; init; } = new(new(null, null, null), null, false, false, null);

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
internal sealed record LinkedPullRequest(ReviewTimes Review, DateTimeOffset? WaitingSince, bool IsRevert, bool IsHotfix, LeftOut? LeftOut);
