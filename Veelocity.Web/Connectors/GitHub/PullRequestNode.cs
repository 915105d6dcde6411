using System.Text.Json;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>A pull request as GraphQL answers it.</summary>
internal sealed record PullRequestNode(
    string? Id,
    int? Number,
    string? Url,
    string? Title,
    string? Body,
    string? State,
    bool IsDraft,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset? MergedAt,
    ActorNode? Author,
    ActorNode? MergedBy,
    string? BaseRefName,
    string? HeadRefName,
    string? HeadRefOid,
    bool? IsCrossRepository,
    OidNode? MergeCommit,
    int? Additions,
    int? Deletions,
    int? ChangedFiles,
    int? TotalCommentsCount,
    PageNode? Labels,
    PageNode? Commits,
    PageNode? Reviews,
    PageNode? TimelineItems)
{
    public PullRequestFact ToFact(
        RepositoryPlace place, IReadOnlyList<PullRequestCommit> commits, IReadOnlyList<string> labels, IReadOnlyList<TimelineNode> timeline,
        IReadOnlyList<ReviewFact> reviews) => new(
        place.Scope,
        Required.Of(Number, "number"),
        Title ?? "",
        Required.Of(Url, "url"),
        Body,
        MergedAt is not null ? PullState.Merged : State == "OPEN" ? PullState.Open : PullState.Closed,
        IsDraft,
        ActorNode.ToActor(Author),
        ActorNode.ToActor(MergedBy),
        Required.Of(CreatedAt, "createdAt"),
        Required.Of(UpdatedAt, "updatedAt"),
        ClosedAt,
        MergedAt,
        BaseRefName ?? "",
        HeadRefName ?? "",
        HeadRefOid ?? "",
        MergedAt is null ? null : MergeCommit?.Oid,
        Additions ?? 0,
        Deletions ?? 0,
        ChangedFiles ?? 0,
        TotalCommentsCount ?? 0,
        (int)(Commits?.TotalCount ?? 0),
        commits.Min(commit => commit.AuthoredAt),
        labels,
        TimelineNode.TimesOf(timeline, "ReadyForReviewEvent"),
        TimelineNode.TimesOf(timeline, "ConvertToDraftEvent"),
        reviews)
    {
        Commits = commits,
        IsFromFork = IsCrossRepository == true,
    };
}

internal sealed record OidNode(string? Oid);

internal sealed record LabelNode(string? Name);

internal sealed record PullCommitNode(OwnCommitNode? Commit);

internal sealed record OwnCommitNode(string? Oid, DateTimeOffset? AuthoredDate, DateTimeOffset? CommittedDate, string? MessageBody)
{
    public PullRequestCommit ToCommit() => new(Oid ?? "", AuthoredDate, CommittedDate, MessageBody);
}

internal sealed record TimelineNode(
    [property: System.Text.Json.Serialization.JsonPropertyName("__typename")] string? Type, DateTimeOffset? CreatedAt)
{
    public static IReadOnlyList<DateTimeOffset> TimesOf(IReadOnlyList<TimelineNode> items, string type) =>
        [.. items.Where(item => item.Type == type).Select(item => item.CreatedAt).OfType<DateTimeOffset>().Order()];
}

internal sealed record ReviewNode(string? Id, long? FullDatabaseId, string? State, DateTimeOffset? SubmittedAt, ActorNode? Author)
{
    /// <summary>Null for a review that its author has not submitted yet.</summary>
    public ReviewFact? ToFact() => SubmittedAt is not { } at || VerdictOf(State) is not { } verdict
        ? null
        : new ReviewFact(
            FullDatabaseId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Required.Of(Id, "id"),
            ActorNode.ToActor(Author),
            verdict,
            at);

    private static ReviewVerdict? VerdictOf(string? state) => state switch
    {
        "APPROVED" => ReviewVerdict.Approved,
        "CHANGES_REQUESTED" => ReviewVerdict.ChangesRequested,
        "DISMISSED" => ReviewVerdict.Dismissed,
        "PENDING" or null => null,
        _ => ReviewVerdict.Commented,
    };
}

/// <summary>The answer to a question about one pull request's further commits or reviews.</summary>
internal sealed record MorePullRequestData(MorePullRequestNode? Node) : GitHubData;

internal sealed record MorePullRequestNode(PageNode? Commits, PageNode? Reviews);
