using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Flow;

/// <summary>What is known of a pull request by itself.</summary>
/// <param name="Author">Login; null when the account was deleted.</param>
/// <param name="FirstCommitAt">The least author date of its own commits (M19).</param>
public sealed record ChangeFacts(
    Guid Id, Guid RepositoryId, string Repository, string? DefaultBranch, int Number, string Title, string Url, PullRequestState State, bool IsDraft,
    string? Author, bool IsBot, string BaseBranch, string HeadBranch, int Additions, int Deletions, int ChangedFiles, int Commits,
    IReadOnlyList<string> Labels, bool IsRevert, DateTimeOffset CreatedAt, DateTimeOffset? FirstCommitAt, DateTimeOffset? MergedAt,
    DateTimeOffset? ClosedAt, DateTimeOffset? WaitingSince);

/// <summary>Whether a change is in the lead time, and if not, what keeps it out.</summary>
public enum ChangeStanding
{
    /// <summary>Deployed, and in the lead time.</summary>
    Counted,

    /// <summary>Deployed, and left out for a reason.</summary>
    LeftOut,

    /// <summary>Merged, and in the lead time once it is deployed.</summary>
    Waiting,

    /// <summary>Merged, and no production deployment is waited for.</summary>
    NotDeployed,

    Open,

    /// <summary>Closed without a merge (M30).</summary>
    Closed,
}

/// <summary>The production deployment that first brought a change to a service.</summary>
/// <param name="IsFirst">Of several services the first: the row that lead time counts.</param>
/// <param name="IsByTime">Linked by time, because a commit is not in the known history (M15).</param>
/// <param name="LeftOut">Why it is not in the lead time; null when it is.</param>
public sealed record ChangeRelease(
    Guid DeploymentId, string Service, string Title, string Url, DateTimeOffset FinishedAt, bool IsFirst, bool IsByTime, bool IsSkewed, double LeadSeconds,
    LeftOut? LeftOut, ChangeFailure? FailedBy, Rework? Rework);

/// <summary>A pull request, named.</summary>
public sealed record ChangeName(Guid Id, int Number, string Title);
