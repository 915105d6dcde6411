namespace Veelocity.Simulator.Worlds;

/// <summary>A review: APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED, or PENDING, which only its author sees and has no submission.</summary>
public sealed class Review(PullRequest pullRequest, long id, Account? author, string state, DateTimeOffset createdAt) : INode
{
    /// <summary>What is reviewed.</summary>
    public PullRequest PullRequest { get; } = pullRequest;

    /// <summary>The database number.</summary>
    public long Id { get; } = id;

    /// <summary>Who reviews; null when the account was deleted.</summary>
    public Account? Author { get; set; } = author;

    /// <summary>The state in capitals; a dismissal replaces it in place.</summary>
    public string State { get; set; } = state;

    /// <summary>When it was begun.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>When it was submitted; null while pending.</summary>
    public DateTimeOffset? SubmittedAt { get; set; } = state == "PENDING" ? null : createdAt;

    /// <summary>The commit looked at.</summary>
    public string? CommitSha { get; set; }

    /// <summary>What was said.</summary>
    public string Body { get; set; } = "";

    /// <inheritdoc />
    public string NodeId => NodeIds.Of("PRR", Id);
}

/// <summary>Something that happened to a pull request; the kind is REST's event name, e.g. <c>ready_for_review</c>.</summary>
public sealed record TimelineEvent(long Id, string Kind, Account? Actor, DateTimeOffset CreatedAt, INode? RequestedReviewer = null) : INode
{
    /// <inheritdoc />
    public string NodeId => NodeIds.Of("EV", Id);
}
