using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>A deployment as GraphQL answers it.</summary>
internal sealed record DeploymentNode(
    string? Id,
    long? DatabaseId,
    string? CommitOid,
    RefNode? Ref,
    string? Environment,
    string? OriginalEnvironment,
    string? Description,
    DateTimeOffset? CreatedAt,
    ActorNode? Creator,
    PageNode? Statuses)
{
    public EnvironmentDeploymentFact ToFact(string repositoryId, IReadOnlyList<DeploymentStatusFact> statuses) => new(
        repositoryId,
        Required.Of(DatabaseId, "databaseId"),
        Required.Of(Id, "id"),
        Environment ?? OriginalEnvironment ?? "",
        Required.Of(CommitOid, "commitOid"),
        Ref?.Name,
        Description,
        ActorNode.ToActor(Creator),
        Required.Of(CreatedAt, "createdAt"),
        statuses);
}

internal sealed record RefNode(string? Name);

internal sealed record StatusNode(string? Id, string? State, DateTimeOffset? CreatedAt, string? LogUrl)
{
    public DeploymentStatusFact ToFact() => new(
        Required.Of(Id, "id"),
        Required.Of(State, "state").ToLowerInvariant(),
        Required.Of(CreatedAt, "createdAt"),
        string.IsNullOrEmpty(LogUrl) ? null : LogUrl);
}
