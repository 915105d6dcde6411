using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Veelocity.Web.Platform.Observability;

/// <summary>Who may read /metrics: whoever has the token; where none is set, callers on the machine itself that no proxy stands for.</summary>
internal static class ScrapeAccess
{
    private const string Scheme = "Bearer ";

    public static bool IsGranted(HttpContext context, string? token)
    {
        if (string.IsNullOrWhiteSpace(token)) return IsLocal(context);
        var given = context.Request.Headers.Authorization.ToString();
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(given[Scheme.Length..].Trim()), Hash(token));
    }

    // A proxy on the same machine says for whom it asks; one that is trusted has had its word in the address already.
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("X-Original-For")
        && !context.Request.Headers.ContainsKey("Forwarded");

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
