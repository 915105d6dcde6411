using System.Net.Http.Headers;
using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>GitHub's REST API, read into tolerant records of ours.</summary>
internal sealed class GitHubRest(
    HttpClient http,
    Uri address,
    AuthenticationHeaderValue authorization,
    RequestMeter meter,
    TimeProvider clock)
{
    public async Task<RestReply<T>> GetAsync<T>(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        request.Headers.Authorization = authorization;
        request.Headers.UserAgent.ParseAdd(GitHubApi.Product);
        request.Options.Set(RequestMeter.Key, meter);
        using var response = await http.SendAsync(request, cancellation);
        try
        {
            var rows = await response.Content.ReadFromJsonAsync<T>(ProviderJson.Snake, cancellation) ?? throw new JsonException("null");
            return new RestReply<T>(rows, response.Headers.Date ?? clock.GetUtcNow(), response.Headers);
        }
        catch (JsonException problem)
        {
            throw new ConnectorException(
                ConnectorFault.Malformed,
                $"{address.Host} answered {request.RequestUri?.AbsolutePath} with something that is not the JSON documented for it.",
                inner: problem);
        }
    }
}

/// <summary>An answer, the provider's clock when it was given, and its headers.</summary>
internal sealed record RestReply<T>(T Rows, DateTimeOffset At, HttpResponseHeaders Headers);
