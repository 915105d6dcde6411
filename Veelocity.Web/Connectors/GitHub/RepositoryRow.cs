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
        PushedAt,
        NodeId);
}

/// <summary>A repository's place in questions and cursors.</summary>
internal sealed record RepositoryPlace(string Scope, string FullName)
{
    public static RepositoryPlace Of(KnownRepository repository) => new(repository.ExternalId, repository.FullName);

    public string Owner => FullName[..Math.Max(0, FullName.IndexOf('/', StringComparison.Ordinal))];
    public string Name => FullName[(FullName.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The beginning of its REST addresses.</summary>
    public string Path => $"repos/{Uri.EscapeDataString(Owner)}/{Uri.EscapeDataString(Name)}";

    /// <summary>Insists that the answer is about this repository: after a rename the old name may be another's.</summary>
    public T Insist<T>(long? repositoryId, T? answer)
        where T : class
    {
        if (answer is null)
            throw new ConnectorException(ConnectorFault.NotFound, $"GitHub no longer shows {FullName} to this token.");
        if (repositoryId is { } id && id.ToString(CultureInfo.InvariantCulture) != Scope)
            throw new ConnectorException(ConnectorFault.NotFound, $"{FullName} is the name of another repository now; the next sync finds the new name.");
        return answer;
    }
}
