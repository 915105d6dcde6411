using System.Text.Json.Serialization;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>A tag as GraphQL answers it: a name for a commit, or for a tag object that names the commit and says when it was made.</summary>
internal sealed record TagNode(string? Name, TagTargetNode? Target)
{
    /// <summary>Null for a tag of something other than a commit.</summary>
    public TagTargetNode? Commit => Target?.CommittedDate is not null ? Target : Target?.Target?.CommittedDate is not null ? Target.Target : null;

    public TagFact ToFact(string repositoryId) => new(
        repositoryId, Required.Of(Name, "name"), Required.Of(Commit?.Oid, "oid"), Target!.Tagger?.Date, Required.Of(Commit?.CommittedDate, "committedDate"));
}

internal sealed record TagTargetNode(
    [property: JsonPropertyName("__typename")] string? Type, string? Oid, DateTimeOffset? CommittedDate, TaggerNode? Tagger, TagTargetNode? Target);

internal sealed record TaggerNode(DateTimeOffset? Date);
