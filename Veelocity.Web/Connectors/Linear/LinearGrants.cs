using System.Net;
using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>Trades codes and refresh tokens for access tokens, in the name of the operator's app.</summary>
internal sealed class LinearGrants(HttpClient http, Uri address, ProviderAppOptions app, TimeProvider clock)
{
    public const string Path = "oauth/token";

    public Task<GrantAnswer> RedeemAsync(string code, Uri redirect, string verifier, CancellationToken cancellation) => AskAsync(
        "Linear did not grant access ({0}). Start again.", cancellation,
        ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect.AbsoluteUri), ("code_verifier", verifier));

    public Task<GrantAnswer> RefreshAsync(string refreshToken, CancellationToken cancellation) => AskAsync(
        "Linear does not renew the access it gave ({0}): it was taken back, or it was not used for long. Sign in with Linear again.", cancellation,
        ("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    /// <summary>What an answer grants, to be stored.</summary>
    public LinearSecret SecretOf(GrantAnswer answer) => new(
        answer.AccessToken ?? throw new ConnectorException(ConnectorFault.Malformed, "Linear granted access without a token."),
        answer.RefreshToken,
        answer.ExpiresIn is { } seconds ? clock.GetUtcNow().AddSeconds(seconds) : null);

    private async Task<GrantAnswer> AskAsync(string refusal, CancellationToken cancellation, params (string Name, string Value)[] fields)
    {
        var form = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("client_id", app.ClientId ?? ""));
        if (app.ClientSecret is { } secret) form = form.Append(KeyValuePair.Create("client_secret", secret));
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        using var response = await http.SendAsync(request, cancellation);
        try
        {
            var answer = await response.Content.ReadFromJsonAsync<GrantAnswer>(ProviderJson.Snake, cancellation) ?? throw new JsonException("null");
            if (response.StatusCode == HttpStatusCode.OK && answer.Error is null) return answer;
            throw new ConnectorException(
                ConnectorFault.TokenExpired, string.Format(System.Globalization.CultureInfo.InvariantCulture, refusal, answer.ErrorDescription ?? answer.Error ?? "no reason given"));
        }
        catch (JsonException problem)
        {
            throw new ConnectorException(ConnectorFault.Malformed, $"{address.Host} answered a request for access with something that is not the JSON documented for it.", inner: problem);
        }
    }
}

/// <summary>Scope comes as text, and from old apps as a list.</summary>
internal sealed record GrantAnswer(
    string? AccessToken, string? RefreshToken, double? ExpiresIn, JsonElement Scope, string? Error, string? ErrorDescription)
{
    public IReadOnlyList<string> Scopes => Scope.ValueKind switch
    {
        JsonValueKind.String => Scope.GetString()!.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries),
        JsonValueKind.Array => [.. Scope.EnumerateArray().Where(s => s.ValueKind == JsonValueKind.String).Select(s => s.GetString()!)],
        _ => [],
    };

    public override string ToString() => "a grant";
}
