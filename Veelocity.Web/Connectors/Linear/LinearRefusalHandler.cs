using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>Outermost on the way to Linear: asks nothing when nothing is left, and turns a refusal into a fault with a name.</summary>
internal sealed class LinearRefusalHandler(TimeProvider clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.UserAgent.ParseAdd("Veelocity");
        request.Options.TryGetValue(RequestMeter.Key, out var meter);
        if (meter?.EmptyUntil is { } until && until > clock.GetUtcNow()) throw LinearRefusals.Limited(until);
        var response = await ProviderReach.AsAsync(request, () => base.SendAsync(request, cancellationToken));
        if (response.IsSuccessStatusCode)
        {
            if (meter is not null) Note(meter, response.Headers);
            return response;
        }
        // The answer to a request for access says itself what is wrong with it.
        if (response.StatusCode == HttpStatusCode.BadRequest && request.RequestUri!.AbsolutePath.EndsWith(LinearGrants.Path, StringComparison.Ordinal)) return response;
        using (response)
            throw LinearRefusals.Explain(response, await ErrorsOfAsync(response, cancellationToken), clock.GetUtcNow());
    }

    private void Note(RequestMeter meter, HttpResponseHeaders headers)
    {
        if (double.TryParse(LinearRefusals.Header(headers, "X-Complexity"), CultureInfo.InvariantCulture, out var points)) meter.CountPoints((int)Math.Ceiling(points));
        meter.EmptyUntil = LinearRefusals.EmptyUntil(headers, clock.GetUtcNow());
    }

    private static async Task<IReadOnlyList<GraphQlError>> ErrorsOfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            return JsonSerializer.Deserialize<Refused>(body, ProviderJson.Camel)?.Errors ?? [];
        }
        catch (JsonException)
        {
            // A gateway's page of HTML says nothing that people could use.
            return [];
        }
    }

    private sealed record Refused(IReadOnlyList<GraphQlError>? Errors);
}
