using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors;

/// <summary>The connectors as the app registers them, pointed at one address; nothing else of the app.</summary>
internal sealed class ConnectorHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ConnectorHost(Uri gitHub, bool allowPrivateNetworks = false)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Connectors:GitHub:BaseUrl"] = gitHub.AbsoluteUri,
            ["Connectors:AllowPrivateNetworks"] = allowPrivateNetworks ? "true" : "false",
        };
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddConnectors()
            .BuildServiceProvider();
    }

    public IConnector GitHub => _services.GetRequiredService<ConnectorCatalog>().Find("github")!;
    public IConnector Actions => _services.GetRequiredService<ConnectorCatalog>().Find("github_actions")!;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
