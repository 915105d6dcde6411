using System.Net.Http.Headers;
using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>What opens Linear: a key of a person, or what signing in granted. A key goes out bare, the rest as Bearer; mixed up, Linear refuses both.</summary>
internal sealed record LinearSecret(string AccessToken, string? RefreshToken = null, DateTimeOffset? ExpiresAt = null)
{
    private const string KeyPrefix = "lin_api_";
    private const string Bearer = "Bearer";

    public bool IsKey => AccessToken.StartsWith(KeyPrefix, StringComparison.Ordinal);

    public AuthenticationHeaderValue Authorization => IsKey ? new(AccessToken) : new(Bearer, AccessToken);

    /// <summary>Reads what was stored or pasted, with or without the Bearer that examples show.</summary>
    public static LinearSecret Read(string secret)
    {
        var text = secret.Trim();
        if (text.StartsWith('{')) return JsonSerializer.Deserialize<LinearSecret>(text, ProviderJson.Camel)!;
        if (text.StartsWith(Bearer + " ", StringComparison.OrdinalIgnoreCase)) text = text[Bearer.Length..].Trim();
        if (text.Length == 0 || text.Any(c => c is <= ' ' or > '~'))
            throw new ConnectorException(ConnectorFault.TokenWrong, "That is no key of Linear: it holds characters that no key has. Keys begin with lin_api_.");
        return new LinearSecret(text);
    }

    public string Write() => JsonSerializer.Serialize(this, ProviderJson.Camel);

    public override string ToString() => IsKey ? "a key" : "a grant";
}
