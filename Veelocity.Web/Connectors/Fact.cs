namespace Veelocity.Web.Connectors;

/// <summary>Something a provider told, in our words and without our ids.</summary>
public abstract record Fact;

/// <summary>Tells that something is no longer there.</summary>
public abstract record Absence : Fact;

/// <summary>A repository that the provider no longer shows; what was read of it stays.</summary>
public sealed record RepositoryGoneFact(string RepositoryExternalId) : Absence;

/// <summary>A repository has these releases and no others.</summary>
public sealed record OnlyReleasesFact(string RepositoryExternalId, IReadOnlyCollection<string> ExternalIds) : Absence;

/// <summary>A repository has these tags and no others.</summary>
public sealed record OnlyTagsFact(string RepositoryExternalId, IReadOnlyCollection<string> Names) : Absence;

/// <summary>Where the default branch is now. Stored commits that it no longer reaches belong to a history that was rewritten.</summary>
public sealed record DefaultBranchFact(string RepositoryExternalId, string HeadSha) : Absence;

/// <summary>What stands behind an actor, as its provider types it.</summary>
public enum ActorKind
{
    Human,
    Bot,
    Mannequin,
}

/// <summary>Who did something. <see cref="Login"/> comes without the <c>[bot]</c> that some APIs append.</summary>
public sealed record Actor(string ExternalId, string Login, string? Name, string? Email, ActorKind Kind)
{
    /// <summary>Whose account at GitHub this is by its owner's own sign-in there, as GitHub's number; null when nobody said.</summary>
    public string? GitHubUserId { get; init; }
}

public sealed record RepositoryFact(
    string ExternalId,
    string FullName,
    string Url,
    string? DefaultBranch,
    bool IsPrivate,
    bool IsArchived,
    bool IsFork,
    DateTimeOffset CreatedAt,
    DateTimeOffset? PushedAt,
    string? NodeId = null) : Fact;

/// <summary>State of a pull request: <c>Open</c>, <c>Closed</c> without a merge, or <c>Merged</c>.</summary>
public enum PullState
{
    Open,
    Closed,
    Merged,
}

/// <summary>A pull request whole: reviews and draft changes belong to it and are replaced with it.</summary>
/// <param name="FirstCommitAt">The least author date of all its own commits; null when it has none.</param>
/// <param name="MergeCommitSha">Only for a merged one: the commit the merge made on the base branch.</param>
public sealed record PullRequestFact(
    string RepositoryExternalId,
    int Number,
    string Title,
    string Url,
    string? Body,
    PullState State,
    bool IsDraft,
    Actor? Author,
    Actor? MergedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset? MergedAt,
    string BaseBranch,
    string HeadBranch,
    string HeadSha,
    string? MergeCommitSha,
    int Additions,
    int Deletions,
    int ChangedFiles,
    int CommentCount,
    int CommitCount,
    DateTimeOffset? FirstCommitAt,
    IReadOnlyList<string> Labels,
    IReadOnlyList<DateTimeOffset> ReadyForReviewAt,
    IReadOnlyList<DateTimeOffset> ConvertedToDraftAt,
    IReadOnlyList<ReviewFact> Reviews) : Fact
{
    /// <summary>Its own commits, also those that a squash leaves out of the base branch.</summary>
    public IReadOnlyList<PullRequestCommit> Commits { get; init; } = [];

    /// <summary>Its branch is a fork's.</summary>
    public bool IsFromFork { get; init; }
}

/// <summary>A commit of a pull request.</summary>
/// <param name="Body">Its message without the headline.</param>
public sealed record PullRequestCommit(string Sha, DateTimeOffset? AuthoredAt, DateTimeOffset? CommittedAt, string? Body);

/// <summary>The files that a pull request changed, as they are called afterwards.</summary>
/// <param name="IsComplete">False when the provider tells no more of them.</param>
public sealed record PullRequestPathsFact(string RepositoryExternalId, int Number, IReadOnlyList<string> Paths, bool IsComplete) : Fact;

/// <summary>State of a submitted review.</summary>
public enum ReviewVerdict
{
    Approved,
    ChangesRequested,
    Commented,
    Dismissed,
}

public sealed record ReviewFact(string ExternalId, Actor? Author, ReviewVerdict Verdict, DateTimeOffset SubmittedAt);

/// <summary>A commit of the default branch's history.</summary>
public sealed record CommitFact(
    string RepositoryExternalId,
    string Sha,
    string Headline,
    DateTimeOffset AuthoredAt,
    DateTimeOffset CommittedAt,
    IReadOnlyList<string> ParentShas,
    Actor? Author,
    string? AuthorName,
    string? AuthorEmail) : Fact
{
    /// <summary>The message without its headline.</summary>
    public string? Body { get; init; }
}

/// <summary>A release; <see cref="PublishedAt"/> is null for a draft, <see cref="Sha"/> when the tag's commit is unknown.</summary>
public sealed record ReleaseFact(
    string RepositoryExternalId,
    string ExternalId,
    string Tag,
    string? Name,
    string Url,
    string? Sha,
    bool IsDraft,
    bool IsPrerelease,
    DateTimeOffset? PublishedAt) : Fact;

/// <summary>A Git tag; <see cref="TaggedAt"/> is null for a lightweight one, which has no date of its own.</summary>
public sealed record TagFact(
    string RepositoryExternalId, string Name, string Sha, DateTimeOffset? TaggedAt, DateTimeOffset CommittedAt) : Fact;

public sealed record WorkflowFact(string RepositoryExternalId, long ExternalId, string Name, string Path, string State) : Fact;

/// <summary>What the file of a workflow contains on the default branch; its text is not kept.</summary>
public sealed record WorkflowFileFact(string RepositoryExternalId, string Path, IReadOnlyList<WorkflowFileJob> Jobs) : Fact;

/// <summary>A job as a workflow's file describes it.</summary>
/// <param name="Name">As people see it, which may hold expressions; the key when it has none.</param>
/// <param name="Words">The runners it asks for, the actions it uses and the beginnings of its commands.</param>
public sealed record WorkflowFileJob(string Key, string Name, IReadOnlyList<string> Words);

/// <summary>One attempt of a run. <see cref="Status"/> and <see cref="Conclusion"/> are the provider's own words.</summary>
/// <param name="CompletedAt">The last job's completion when jobs were read, else the last update seen at completion; null until completed.</param>
/// <param name="Jobs">The attempt's jobs when they were read; null when not, which leaves stored ones alone.</param>
public sealed record WorkflowRunFact(
    string RepositoryExternalId,
    long WorkflowExternalId,
    long ExternalId,
    int Attempt,
    int RunNumber,
    string Title,
    string Url,
    string Event,
    string? HeadBranch,
    string HeadSha,
    string Status,
    string? Conclusion,
    Actor? Actor,
    DateTimeOffset CreatedAt,
    DateTimeOffset StartedAt,
    DateTimeOffset? CompletedAt,
    IReadOnlyList<WorkflowJobFact>? Jobs) : Fact;

public sealed record WorkflowJobFact(
    long ExternalId,
    string Name,
    string Status,
    string? Conclusion,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    string? FailedStep);

/// <summary>An environment and what its deployments declare of it; null where they say nothing.</summary>
public sealed record EnvironmentFact(string RepositoryExternalId, string Name, bool? IsProduction, bool? IsTransient) : Fact;

/// <summary>A deployment with every status it passed, oldest first.</summary>
public sealed record EnvironmentDeploymentFact(
    string RepositoryExternalId,
    long ExternalId,
    string NodeId,
    string Environment,
    string Sha,
    string? Ref,
    string? Description,
    Actor? Creator,
    DateTimeOffset CreatedAt,
    IReadOnlyList<DeploymentStatusFact> Statuses) : Fact;

/// <summary><see cref="State"/> in lower case: success, failure, error, inactive, in_progress, queued, pending, waiting.</summary>
public sealed record DeploymentStatusFact(string ExternalId, string State, DateTimeOffset CreatedAt, string? LogUrl);
