using System.Security.Cryptography;
using System.Text;

namespace Veelocity.Simulator.SignIn;

/// <summary>An email address as GitHub tells it of a person who allowed that.</summary>
public sealed record GitHubEmail(string Email, bool Primary, bool Verified);

/// <summary>Who sits before the browser and has signed in to GitHub.</summary>
public sealed record GitHubPerson(long Id, string Login, string? Name, params GitHubEmail[] Emails);

/// <summary>GitHub's OAuth for people: codes with proof (PKCE) that are good once, and what a token may read of its owner.</summary>
public sealed class GitHubSignIns
{
    /// <summary>The secret of every app here; another one is refused.</summary>
    public const string ClientSecret = "simulator-secret";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Asked> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GitHubPerson> _tokens = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>Who allows the next sign-in; null for someone who says no.</summary>
    public GitHubPerson? Person { get; set; } = new(4_242, "octo-ada", "Ada Lovelace", new GitHubEmail("ada@example.com", Primary: true, Verified: true));

    internal GitHubPerson? OwnerOf(string token)
    {
        lock (_gate) return _tokens.GetValueOrDefault(token);
    }

    // Who has signed in here allows everything at once.
    internal IResult Authorize(HttpRequest request)
    {
        var (back, state) = (request.Query["redirect_uri"].ToString(), request.Query["state"].ToString());
        var asked = new Asked(request.Query["client_id"].ToString(), back, request.Query["code_challenge"].ToString(), Person);
        if (asked.ClientId.Length == 0 || state.Length == 0 || request.Query["code_challenge_method"] != "S256") return Results.BadRequest("client_id, state and a code_challenge by S256 are required here");
        var separator = back.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        if (Person is null) return Results.Redirect($"{back}{separator}error=access_denied&state={Uri.EscapeDataString(state)}");
        lock (_gate)
        {
            var code = $"code-{++_last}";
            _codes[code] = asked;
            return Results.Redirect($"{back}{separator}code={code}&state={Uri.EscapeDataString(state)}");
        }
    }

    internal async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        lock (_gate)
        {
            if (!_codes.Remove(form["code"].ToString(), out var asked)) return Refuse("bad_verification_code");
            if (form["client_id"] != asked.ClientId || form["client_secret"] != ClientSecret) return Refuse("incorrect_client_credentials");
            if (form["redirect_uri"] != asked.RedirectUri) return Refuse("redirect_uri_mismatch");
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            if (hash != asked.Challenge) return Refuse("bad_verification_code");
            var token = $"gho_{++_last}";
            _tokens[token] = asked.Person!;
            return Results.Json(new { access_token = token, token_type = "bearer", scope = "user:email" });
        }
    }

    // As GitHub does: an error is told with 200.
    private static IResult Refuse(string error) => Results.Json(new { error, error_description = "The simulator refused it." });

    private sealed record Asked(string ClientId, string RedirectUri, string Challenge, GitHubPerson? Person);
}
