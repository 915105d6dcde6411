using System.Text.Json;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Root of every GraphQL answer of GitHub: it tells what the question cost.</summary>
internal abstract record GitHubData : GraphQlData
{
    public RateLimitNode? RateLimit { get; init; }

    public override int Points => RateLimit?.Cost ?? 0;
}

internal sealed record RateLimitNode(int? Cost, int? Remaining, DateTimeOffset? ResetAt);

/// <summary>A page of a connection. Its nodes stay unread until each is read alone, so that a bad one costs only itself.</summary>
internal sealed record PageNode(long? TotalCount, PageInfoNode? PageInfo, IReadOnlyList<JsonElement>? Nodes)
{
    public IReadOnlyList<JsonElement> Rows => Nodes ?? [];

    /// <summary>Where the next page begins; null when this one was the last.</summary>
    public string? Next => PageInfo is { HasNextPage: true } info ? info.EndCursor : null;
}

internal sealed record PageInfoNode(bool HasNextPage, string? EndCursor);

internal sealed record ActorNode(
    [property: System.Text.Json.Serialization.JsonPropertyName("__typename")] string? Type,
    string? Login,
    long? DatabaseId,
    string? Name,
    string? Email)
{
    /// <summary>Null for an account that is gone.</summary>
    public static Actor? ToActor(ActorNode? node) => node?.Login is { } login
        ? GitHubActor.Of(login, node.DatabaseId, node.Name, node.Email, node.Type)
        : null;
}
