using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>Slack's Web API with one token: an answer that is not ok is a <see cref="ConnectorException"/>.</summary>
internal sealed class SlackSession(HttpClient http, Uri address, string? token, TimeProvider clock)
{
    private const int Tries = 3;

    public RequestMeter Meter { get; } = new();

    public TimeProvider Clock => clock;

    public async Task<T> AskAsync<T>(string method, CancellationToken cancellation, params (string Name, string? Value)[] parameters)
        where T : SlackAnswer
    {
        var query = parameters.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value));
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, QueryHelpers.AddQueryString(method, query)));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var answer = await SendAsync<T>(method, request, cancellation);
            if (answer.Ok) return answer;
            // Slack reports its own troubles with status 200, which no retry of the transport sees.
            if (attempt == Tries || !SlackRefusals.IsPassing(answer.Error)) throw SlackRefusals.Explain(method, answer, clock.GetUtcNow());
            await Task.Delay(TimeSpan.FromMilliseconds(300 * attempt), clock, cancellation);
        }
    }

    /// <summary>Trades a code for a token, in the name of the operator's app.</summary>
    public async Task<GrantAnswer> RedeemAsync(string code, Uri redirect, string clientId, string clientSecret, CancellationToken cancellation)
    {
        const string Method = "oauth.v2.access";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, Method))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("code", code), KeyValuePair.Create("redirect_uri", redirect.AbsoluteUri)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{clientSecret}")));
        var answer = await SendAsync<GrantAnswer>(Method, request, cancellation);
        return answer.Ok ? answer : throw new ConnectorException(ConnectorFault.TokenWrong, $"Slack did not grant access ({answer.Error}). Start again.");
    }

    private async Task<T> SendAsync<T>(string method, HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.UserAgent.ParseAdd("Veelocity");
        request.Options.Set(RequestMeter.Key, Meter);
        using var response = await http.SendAsync(request, cancellation);
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(ProviderJson.Snake, cancellation) ?? throw new JsonException("null");
        }
        catch (JsonException problem)
        {
            throw new ConnectorException(
                ConnectorFault.Malformed, $"{address.Host} answered {method} with something that is not the JSON documented for it.", inner: problem);
        }
    }
}
