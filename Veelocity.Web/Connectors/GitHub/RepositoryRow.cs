using System.Globalization;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>A repository as REST lists it.</summary>
internal sealed record RepositoryRow(
    long? Id,
    string? NodeId,
    string? FullName,
    string? HtmlUrl,
    string? DefaultBranch,
    bool Private,
    bool Archived,
    bool Fork,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? PushedAt)
{
    public string ExternalId => Required.Of(Id, "id").ToString(CultureInfo.InvariantCulture);
    public string Name => Required.Of(FullName, "full_name");

    public RepositoryFact ToFact() => new(
        ExternalId,
        Name,
        Required.Of(HtmlUrl, "html_url"),
        DefaultBranch,
        Private,
        Archived,
        Fork,
        CreatedAt ?? DateTimeOffset.UnixEpoch,
        PushedAt);
}

/// <summary>A repository's place in questions and cursors.</summary>
internal sealed record RepositoryPlace(string Scope, string FullName)
{
    public string Owner => FullName[..Math.Max(0, FullName.IndexOf('/', StringComparison.Ordinal))];
    public string Name => FullName[(FullName.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The beginning of its REST addresses.</summary>
    public string Path => $"repos/{Uri.EscapeDataString(Owner)}/{Uri.EscapeDataString(Name)}";
}
