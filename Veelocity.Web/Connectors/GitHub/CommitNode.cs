namespace Veelocity.Web.Connectors.GitHub;

/// <summary>A commit as GraphQL answers it.</summary>
internal sealed record CommitNode(
    string? Oid,
    string? MessageHeadline,
    string? MessageBody,
    DateTimeOffset? AuthoredDate,
    DateTimeOffset? CommittedDate,
    ParentsNode? Parents,
    GitActorNode? Author)
{
    public IEnumerable<string> ParentShas => Parents?.Nodes?.Select(parent => parent?.Oid).OfType<string>() ?? [];

    public CommitFact ToFact(string repositoryId) => new(
        repositoryId,
        Required.Of(Oid, "oid"),
        MessageHeadline ?? "",
        AuthoredDate ?? Required.Of(CommittedDate, "committedDate"),
        Required.Of(CommittedDate, "committedDate"),
        [.. ParentShas],
        GitHubActor.OfCommit(Author?.User, Author?.Email),
        Author?.Name,
        Author?.Email)
    {
        Body = MessageBody,
    };
}

internal sealed record ParentsNode(IReadOnlyList<OidNode?>? Nodes);

internal sealed record GitActorNode(string? Name, string? Email, ActorNode? User);
