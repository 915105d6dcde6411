using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Octokit;
using Octokit.Internal;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Opens the ways to one GitHub with one token.</summary>
internal sealed class GitHubApi(
    IHttpClientFactory clients,
    IHttpMessageHandlerFactory handlers,
    AddressGuard guard,
    IOptions<ConnectorsOptions> options,
    TimeProvider clock)
{
    public const string ClientName = "github";
    public const string Product = "Veelocity";

    public GitHubSession Open(ConnectorCredentials credentials)
    {
        var address = AddressOf(credentials);
        var meter = new RequestMeter();
        var http = clients.CreateClient(ClientName);
        var authorization = new AuthenticationHeaderValue("Bearer", credentials.Secret);
        return new GitHubSession(
            new GitHubRest(http, address.Rest, authorization, meter, clock),
            new GraphQlClient(http, address.GraphQl, authorization, meter, GitHubRefusals.Explain, clock),
            meter,
            clock);
    }

    /// <summary>Octokit over our own handlers; its usual constructor would append /api/v3/ to every other host.</summary>
    public Connection OpenOctokit(ConnectorCredentials credentials) => new(
        new Octokit.ProductHeaderValue(Product),
        AddressOf(credentials).Rest,
        new InMemoryCredentialStore(new Credentials(credentials.Secret, AuthenticationType.Bearer)),
        new HttpClientAdapter(() => handlers.CreateHandler(ClientName)),
        new SimpleJsonSerializer());

    private GitHubAddress AddressOf(ConnectorCredentials credentials)
    {
        if (credentials.BaseUrl is not { } typed)
            return GitHubAddress.OfApi(options.Value.GitHub.BaseUrl);
        var address = GitHubAddress.OfHost(typed);
        guard.Check(address.Rest);
        return address;
    }
}

/// <summary>One fetch's ways to GitHub and the meter of what they cost.</summary>
internal sealed record GitHubSession(GitHubRest Rest, GraphQlClient Graph, RequestMeter Meter, TimeProvider Clock);
