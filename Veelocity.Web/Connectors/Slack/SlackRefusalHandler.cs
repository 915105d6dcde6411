using System.Net;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>Outermost on the way to Slack: a limit becomes a time to come back, trouble becomes a fault with a name.</summary>
internal sealed class SlackRefusalHandler(TimeProvider clock) : DelegatingHandler
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await ProviderReach.AsAsync(request, () => base.SendAsync(request, cancellationToken));
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var now = clock.GetUtcNow();
            if (response.StatusCode == HttpStatusCode.TooManyRequests || response.Headers.RetryAfter is not null)
                throw SlackRefusals.Limited(now + (response.Headers.RetryAfter?.Delta ?? Pause));
            var method = request.RequestUri?.Segments[^1];
            throw new ConnectorException(
                response.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError ? ConnectorFault.Unreachable : ConnectorFault.Malformed,
                $"{request.RequestUri?.Host} answered {method} with status {(int)response.StatusCode}.",
                inner: new HttpRequestException(null, null, response.StatusCode));
        }
    }
}
