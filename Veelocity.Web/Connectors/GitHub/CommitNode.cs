using System.Text.Json;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>A commit as GraphQL answers it.</summary>
internal sealed record CommitNode(
    string? Oid,
    string? MessageHeadline,
    DateTimeOffset? AuthoredDate,
    DateTimeOffset? CommittedDate,
    ParentsNode? Parents,
    GitActorNode? Author,
    PageNode? AssociatedPullRequests)
{
    public IEnumerable<string> ParentShas => Parents?.Nodes?.Select(parent => parent?.Oid).OfType<string>() ?? [];

    public CommitFact ToFact(string repositoryId, RowReader rows) => new(
        repositoryId,
        Required.Of(Oid, "oid"),
        MessageHeadline ?? "",
        AuthoredDate ?? Required.Of(CommittedDate, "committedDate"),
        Required.Of(CommittedDate, "committedDate"),
        [.. ParentShas],
        GitHubActor.OfCommit(Author?.User, Author?.Email),
        Author?.Name,
        Author?.Email,
        rows.Read<AssociatedNode>(AssociatedPullRequests?.Rows ?? []).FirstOrDefault(pull => pull.MergedAt is not null)?.Number);
}

internal sealed record ParentsNode(IReadOnlyList<OidNode?>? Nodes);

internal sealed record GitActorNode(string? Name, string? Email, ActorNode? User);

internal sealed record AssociatedNode(int? Number, DateTimeOffset? MergedAt);
