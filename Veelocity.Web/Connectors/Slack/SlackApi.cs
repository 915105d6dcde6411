using Microsoft.Extensions.Options;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>Opens the way to Slack with one token.</summary>
internal sealed class SlackApi(IHttpClientFactory clients, AddressGuard guard, IOptions<ConnectorsOptions> options, TimeProvider clock)
{
    public const string ClientName = "slack";

    public ProviderAppOptions Options => options.Value.Slack;

    public SlackSession Open(ConnectorCredentials? credentials)
    {
        if (credentials?.BaseUrl is { } typed) guard.Check(typed);
        var address = new Uri((credentials?.BaseUrl ?? Options.BaseUrl).AbsoluteUri.TrimEnd('/') + "/");
        return new SlackSession(clients.CreateClient(ClientName), address, credentials?.Secret, clock);
    }
}
