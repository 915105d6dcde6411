using System.Net;
using System.Text.Json;
using Veelocity.Web.Connectors.Http;

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

        var response = await ProviderReach.AsAsync(request, () => base.SendAsync(request, cancellationToken));
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
            return response;
        using (response)
        {
            var said = await MessageOfAsync(response, cancellationToken);
            throw GitHubRefusals.Explain(request, response, said, clock.GetUtcNow());
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
