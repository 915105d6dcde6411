namespace Veelocity.Simulator.Linear;

/// <summary>
/// Who asks. A key goes bare, a granted token as Bearer. A key's words say what it may: <c>lin_api_wrong</c> nothing, <c>-admin</c> makes webhooks,
/// <c>-member</c> sees private teams.
/// </summary>
internal sealed record LinearCaller(string Token, bool IsBearer)
{
    private const string Bearer = "Bearer ";

    public bool IsKey => Token.StartsWith("lin_api_", StringComparison.Ordinal);

    public static LinearCaller From(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.Ordinal) ? new LinearCaller(header[Bearer.Length..].Trim(), IsBearer: true) : new LinearCaller(header.Trim(), IsBearer: false);
    }

    public bool Says(string word) => Token.Contains(word, StringComparison.Ordinal);
}
