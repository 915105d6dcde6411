using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>Linear's ways to say no. Its errors carry a code, a type or both, in several spellings, on status 200 as on others.</summary>
internal static class LinearRefusals
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);
    private static readonly string[] Budgets = ["X-RateLimit-Requests", "X-RateLimit-Complexity", "X-RateLimit-Endpoint-Requests"];

    public static Exception Explain(GraphQlRefusal refusal, DateTimeOffset now) => Explain(refusal.Errors, refusal.Headers, now);

    public static Exception Explain(HttpResponseMessage response, IReadOnlyList<GraphQlError> errors, DateTimeOffset now)
    {
        var status = response.StatusCode;
        if (status == HttpStatusCode.TooManyRequests) return Limited(WaitUntil(response.Headers, now));
        if (status == HttpStatusCode.Unauthorized) return Wrong();
        if (status == HttpStatusCode.BadRequest && errors.Any(e => Says(e.Message, "Bearer token")))
            return new ConnectorException(ConnectorFault.TokenWrong, "Linear took the key for a token of another kind. Paste the key alone, as Linear showed it: it begins with lin_api_.");
        if (status is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError)
            return Trouble(response.RequestMessage?.RequestUri?.Host, status);
        if (errors.Count > 0) return Explain(errors, response.Headers, now);
        return status == HttpStatusCode.Forbidden
            ? Forbidden("")
            : new ConnectorException(ConnectorFault.Malformed, $"{response.RequestMessage?.RequestUri?.Host} answered with status {(int)status}.");
    }

    private static Exception Explain(IReadOnlyList<GraphQlError> errors, HttpResponseHeaders headers, DateTimeOffset now)
    {
        foreach (var error in errors)
        {
            if (IsOf(error, "ratelimited") || Says(error.Message, "rate limit")) return Limited(WaitUntil(headers, now));
            if (Says(error.Message, "too complex") || Says(error.Message, "complexity")) return new TooHeavyException("Linear finds even the smallest page too complex.");
        }
        var first = errors[0];
        var said = Text(first, "userPresentableMessage") ?? first.Message ?? "it gave no reason";
        if (errors.Any(e => IsOf(e, "authenticationerror"))) return Wrong();
        if (IsOf(first, "forbidden") || IsOf(first, "featurenotaccessible") || IsOf(first, "usagelimitexceeded")) return Forbidden(said);
        if (IsOf(first, "internalerror") || IsOf(first, "internalservererror") || IsOf(first, "locktimeout") || IsOf(first, "networkerror"))
            return new TooHeavyException("Linear is returning errors. We'll retry automatically.");
        return Says(first.Message, "Entity not found")
            ? new ConnectorException(ConnectorFault.NotFound, $"Linear does not find it, or the key may not see it: {said}")
            : new ConnectorException(ConnectorFault.Malformed, $"Linear did not answer the question: {said}");
    }

    public static ConnectorException Limited(DateTimeOffset until) => new(
        ConnectorFault.RateLimited,
        string.Create(CultureInfo.InvariantCulture, $"Linear's limit of requests is used up until {until.UtcDateTime:HH:mm:ss} UTC; reading goes on then."),
        until);

    /// <summary>When the first of the budgets that are empty has something again; null while none is empty. Linear's resets are in milliseconds.</summary>
    public static DateTimeOffset? EmptyUntil(HttpResponseHeaders headers, DateTimeOffset now)
    {
        DateTimeOffset? until = null;
        foreach (var budget in Budgets)
        {
            if (!double.TryParse(Header(headers, budget + "-Remaining"), CultureInfo.InvariantCulture, out var left) || left > 0) continue;
            if (ResetOf(headers, budget) is { } reset && reset > now && (until is null || reset > until)) until = reset;
        }
        return until;
    }

    public static string? Header(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    // Whichever budget refused: one that is empty, else what the answer says to wait, else a minute.
    private static DateTimeOffset WaitUntil(HttpResponseHeaders headers, DateTimeOffset now) =>
        headers.RetryAfter?.Delta is { } pause ? now + pause : EmptyUntil(headers, now) ?? now + Pause;

    private static DateTimeOffset? ResetOf(HttpResponseHeaders headers, string budget) =>
        long.TryParse(Header(headers, budget + "-Reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms is > 0 and < 100_000_000_000_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;

    private static ConnectorException Wrong() => new(
        ConnectorFault.TokenWrong, "Linear does not accept this key: it is mistyped, revoked, or its owner has left the workspace. Make a new one in Linear and enter it here.");

    private static ConnectorException Forbidden(string said) => new(
        ConnectorFault.MissingPermission, $"The owner of this key may not do that in Linear. {said}".TrimEnd());

    private static ConnectorException Trouble(string? host, HttpStatusCode status) => new(
        ConnectorFault.Unreachable, $"{host} is in trouble (status {(int)status}). It usually passes by itself.", inner: new HttpRequestException(null, null, status));

    private static bool IsOf(GraphQlError error, string kind) =>
        Plain(Text(error, "code")) == kind || Plain(Text(error, "type")) == kind || Plain(error.Type) == kind;

    // RATELIMITED, authentication error and AuthenticationError are spellings of the same list.
    private static string Plain(string? text) => text is null ? "" : string.Concat(text.Where(char.IsLetter)).ToLowerInvariant();

    private static string? Text(GraphQlError error, string name) =>
        error.Extensions.ValueKind == JsonValueKind.Object && error.Extensions.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool Says(string? text, string words) => text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
