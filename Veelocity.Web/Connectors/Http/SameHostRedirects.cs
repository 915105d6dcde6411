using System.Net;

namespace Veelocity.Web.Connectors.Http;

/// <summary>Follows redirects only within the host that was asked: a renamed repository moves, the token never travels elsewhere.</summary>
internal sealed class SameHostRedirects : DelegatingHandler
{
    private const int MostHops = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var hop = 0; hop < MostHops && TargetOf(request, response) is { } target; hop++)
        {
            response.Dispose();
            request.RequestUri = target;
            response = await base.SendAsync(request, cancellationToken);
        }
        return response;
    }

    private static Uri? TargetOf(HttpRequestMessage request, HttpResponseMessage response)
    {
        var follows = request.Method == HttpMethod.Get
            ? response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            : response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        if (!follows || response.Headers.Location is not { } location || request.RequestUri is not { } asked)
            return null;
        var target = new Uri(asked, location);
        if (target.Scheme == asked.Scheme && target.Authority == asked.Authority)
            return target;
        throw new ConnectorException(
            ConnectorFault.AddressRefused,
            $"{asked.Host} redirects to {target.Host}. The token is not sent there; correct the address if that is where the provider is now.");
    }
}
