namespace Veelocity.Web.Connectors;

/// <summary>A connector that can tell which repository a name leads to, also one that it had before.</summary>
public interface IRepositoryNames
{
    /// <summary>What the provider answers for the name. A name that leads nowhere is an answer, too.</summary>
    Task<NamedRepository> FindAsync(ConnectorCredentials credentials, string fullName, CancellationToken cancellation);
}

/// <param name="ExternalId">The provider's id; null when the name leads nowhere that the token may see.</param>
/// <param name="Requests">What it took to find out.</param>
public sealed record NamedRepository(string? ExternalId, int Requests);
