namespace Veelocity.Simulator.Slack;

/// <summary>Who asks. A token says what it may not: <c>xoxb-wrong</c>, <c>-revoked</c>, <c>-expired</c>, <c>-nohistory</c>, <c>-nogroups</c>, <c>-nousers</c>, <c>-noemail</c>.</summary>
internal sealed record SlackCaller(string Token)
{
    public string? Refusal =>
        Token.Length == 0 ? "not_authed"
        : Says("revoked") ? "token_revoked"
        : Says("expired") ? "token_expired"
        : Token.StartsWith("xoxp-", StringComparison.Ordinal) ? "not_allowed_token_type"
        : !Token.StartsWith("xoxb-", StringComparison.Ordinal) || Says("wrong") ? "invalid_auth"
        : null;

    public static SlackCaller From(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return new SlackCaller(header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..].Trim() : "");
    }

    public bool Says(string word) => Token.Contains(word, StringComparison.Ordinal);

    /// <summary>The scope that a method needs and this token lacks.</summary>
    public string? Lacks(string method) => method switch
    {
        "conversations.history" or "conversations.replies" when Says("nohistory") => "channels:history",
        "conversations.list" or "conversations.info" when Says("noread") => "channels:read",
        "users.list" when Says("nousers") => "users:read",
        _ => null,
    };
}
