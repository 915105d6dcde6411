using System.Security.Cryptography;
using System.Text;

namespace Veelocity.Simulator.Linear;

/// <summary>Linear's OAuth: codes with proof (PKCE), access tokens of a day, and refresh tokens of which each is good once.</summary>
public sealed class LinearGrants(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(86_399);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _challenges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _access = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refresh = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>How often a token was exchanged, and how often one that was used already.</summary>
    public int Refreshes { get; private set; }
    public int Refused { get; private set; }

    internal bool Knows(string token)
    {
        lock (_gate) return _access.TryGetValue(token, out var until) && until > clock.GetUtcNow();
    }

    // Someone who signs in here allows everything at once.
    internal IResult Authorize(string client_id, string redirect_uri, string state, string? code_challenge, string? code_challenge_method)
    {
        lock (_gate)
        {
            if (code_challenge is null || code_challenge_method != "S256") return Results.BadRequest("code_challenge is required here");
            var code = $"code-{++_last}-{client_id}";
            _challenges[code] = code_challenge;
            return Results.Redirect($"{redirect_uri}{(redirect_uri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}code={Uri.EscapeDataString(code)}&state={Uri.EscapeDataString(state)}");
        }
    }

    internal async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        lock (_gate)
        {
            if (form["client_id"].ToString().Length == 0) return Refuse("invalid_client", "Client is not known.");
            if (form["grant_type"] == "authorization_code") return Redeem(form["code"].ToString(), form["code_verifier"].ToString());
            if (form["grant_type"] != "refresh_token") return Refuse("unsupported_grant_type", "The grant type is not known.");
            if (_refresh.Remove(form["refresh_token"].ToString()))
            {
                Refreshes++;
                return Grant();
            }
            Refused++;
            return Refuse("invalid_grant", "The refresh token is invalid.");
        }
    }

    private IResult Redeem(string code, string verifier)
    {
        if (!_challenges.Remove(code, out var challenge)) return Refuse("invalid_grant", "The code is invalid.");
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return hash == challenge ? Grant() : Refuse("invalid_grant", "The code verifier does not fit.");
    }

    private IResult Grant()
    {
        var (access, refresh) = ($"lin_oauth_{++_last}", $"lin_refresh_{_last}");
        _access[access] = clock.GetUtcNow() + Life;
        _refresh.Add(refresh);
        return Results.Json(new { access_token = access, token_type = "Bearer", expires_in = (int)Life.TotalSeconds, scope = "read", refresh_token = refresh });
    }

    private static IResult Refuse(string error, string description) => Results.Json(new { error, error_description = description }, statusCode: StatusCodes.Status400BadRequest);
}
