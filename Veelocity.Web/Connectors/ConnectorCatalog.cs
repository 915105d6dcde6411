namespace Veelocity.Web.Connectors;

/// <summary>All connectors there are, by kind and in the order they run.</summary>
public sealed class ConnectorCatalog(IEnumerable<IConnector> connectors)
{
    public IReadOnlyList<IConnector> All { get; } = [.. connectors.OrderBy(connector => connector.Info.Order)];

    public IConnector? Find(string kind) => All.FirstOrDefault(connector => connector.Info.Kind == kind);

    /// <summary>The connectors that read with the credentials of a connection of this kind, in their order.</summary>
    public IEnumerable<IConnector> UsingCredentialsOf(string kind) => All.Where(connector => connector.Info.CredentialsOf == kind);
}
