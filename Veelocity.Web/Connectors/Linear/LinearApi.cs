using Microsoft.Extensions.Options;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>Opens the way to Linear with one key or grant.</summary>
internal sealed class LinearApi(IHttpClientFactory clients, AddressGuard guard, IOptions<ConnectorsOptions> options, TimeProvider clock)
{
    public const string ClientName = "linear";
    private const string ApiHost = "api.";

    public ProviderAppOptions Options => options.Value.Linear;

    public TimeProvider Clock => clock;

    public LinearSession Open(ConnectorCredentials credentials)
    {
        if (credentials.BaseUrl is { } typed) guard.Check(typed);
        var meter = new RequestMeter();
        var graph = new GraphQlClient(
            clients.CreateClient(ClientName), new Uri(RootOf(credentials.BaseUrl ?? Options.BaseUrl), "graphql"),
            LinearSecret.Read(credentials.Secret).Authorization, meter, refusal => LinearRefusals.Explain(refusal, clock.GetUtcNow()), clock);
        return new LinearSession(graph, meter, clock);
    }

    public LinearGrants Grants() => new(clients.CreateClient(ClientName), new Uri(RootOf(Options.BaseUrl), LinearGrants.Path), Options, clock);

    /// <summary>Where people sign in: beside the API, whose own host is api.linear.app.</summary>
    public Uri AuthorizeAddress
    {
        get
        {
            var site = new UriBuilder(RootOf(Options.BaseUrl));
            if (site.Host.StartsWith(ApiHost, StringComparison.Ordinal)) site.Host = site.Host[ApiHost.Length..];
            return new Uri(site.Uri, "oauth/authorize");
        }
    }

    private static Uri RootOf(Uri address) => new(address.AbsoluteUri.TrimEnd('/') + "/");
}

/// <summary>One fetch's way to Linear and the meter of what it costs.</summary>
internal sealed class LinearSession(GraphQlClient graph, RequestMeter meter, TimeProvider clock)
{
    public RequestMeter Meter => meter;

    public TimeProvider Clock => clock;

    /// <summary>Linear's clock when it answered last, for what is compared with times of Linear's: ours may be wrong. Null before its first answer.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>Asks what has no smaller form to ask it in.</summary>
    public async Task<T> AskAsync<T>(GraphQlDocument document, object variables, CancellationToken cancellation)
        where T : GraphQlData => Noted(await graph.AskAsync<T>(document, variables, cancellation));

    /// <summary>Asks for a page.</summary>
    public async Task<T> AskAsync<T>(GraphQlDocument document, PageSize size, Func<int, object> variables, CancellationToken cancellation)
        where T : GraphQlData => Noted(await graph.AskAsync<T>(document, size, variables, cancellation));

    private T Noted<T>(GraphQlReply<T> reply)
    {
        AnsweredAt = reply.At;
        return reply.Data;
    }
}
