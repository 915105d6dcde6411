using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Gate;

/// <summary>Who asks: the token and what GitHub would let it do. What a token may do is read from its text, so no set-up is needed.</summary>
internal sealed record Caller(string Token)
{
    /// <summary>Classic tokens tell their scopes, fine-grained ones do not.</summary>
    public string? Scopes => !Token.StartsWith("ghp_", StringComparison.Ordinal) ? null : LacksScope ? "" : "read:org, repo";

    public bool IsAccepted =>
        (Token.StartsWith("ghp_", StringComparison.Ordinal) || Token.StartsWith("github_pat_", StringComparison.Ordinal)) && !Says("wrong") && !IsExpired;

    public bool IsExpired => Says("expired");
    public bool LacksSso => Says("sso");
    public bool LacksScope => Says("noscope");
    public bool IsExhausted => Says("limited");

    public bool Sees(Repository repository) => !repository.IsHidden && !repository.IsDeleted && (!repository.IsPrivate || !LacksScope);

    public static Caller From(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? "" : header[..space];
        return new Caller(scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals("token", StringComparison.OrdinalIgnoreCase) ? header[(space + 1)..].Trim() : "");
    }

    private bool Says(string word) => Token.Contains(word, StringComparison.OrdinalIgnoreCase);
}
