using System.Net;
using System.Text.Json;
using Polly.Timeout;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Outermost on the way to GitHub: lets good answers through and turns every other outcome into a fault with a name.</summary>
internal sealed class GitHubRefusalHandler(TimeProvider clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("X-GitHub-Api-Version", "2022-11-28");
        if (request.Headers.Accept.Count == 0)
            request.Headers.Accept.ParseAdd("application/vnd.github+json");
        if (request.Headers.UserAgent.Count == 0)
            request.Headers.UserAgent.ParseAdd(GitHubApi.Product);

        var response = await ReachAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
            return response;
        using (response)
        {
            var said = await MessageOfAsync(response, cancellationToken);
            throw GitHubRefusals.Explain(request, response, said, clock.GetUtcNow());
        }
    }

    private async Task<HttpResponseMessage> ReachAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var host = request.RequestUri?.Host;
        try
        {
            return await base.SendAsync(request, cancellation);
        }
        catch (HttpRequestException failure) when (failure.InnerException is ConnectorException refused)
        {
            throw new ConnectorException(refused.Fault, refused.Message, inner: failure);
        }
        catch (HttpRequestException failure)
        {
            var how = failure.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "its name is not known",
                HttpRequestError.SecureConnectionError => "its certificate is not trusted",
                HttpRequestError.ConnectionError => "it does not accept connections",
                _ => "the connection broke off",
            };
            throw new ConnectorException(
                ConnectorFault.Unreachable, $"{host} could not be reached: {how}. Check the address and the network.", inner: failure);
        }
        catch (TimeoutRejectedException failure)
        {
            throw new ConnectorException(ConnectorFault.Unreachable, $"{host} did not answer in time.", inner: failure);
        }
    }

    private static async Task<string> MessageOfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String)
                return message.GetString()!;
        }
        catch (JsonException)
        {
            // A gateway's page of HTML says nothing that people could use.
        }
        return "";
    }
}
