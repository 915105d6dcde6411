namespace Veelocity.Web.Connectors;

/// <summary>Registers the connectors; a new one is one line here.</summary>
public static class ConnectorsModule
{
    public static IServiceCollection AddConnectors(this IServiceCollection services)
    {
        services.AddSingleton<ConnectorCatalog>();
        return services;
    }
}
