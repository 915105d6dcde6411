using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>GitHub's ways to say no, told apart: one status stands for several causes, each mended differently.</summary>
internal static class GitHubRefusals
{
    private static readonly TimeSpan SecondaryPause = TimeSpan.FromSeconds(60);

    public static ConnectorException Explain(HttpRequestMessage request, HttpResponseMessage response, string said, DateTimeOffset now)
    {
        var what = WithoutQuery(request.RequestUri);
        var status = response.StatusCode;
        if (LimitOf(response, said, now) is { } until)
            return Limited(until);
        return status switch
        {
            HttpStatusCode.Unauthorized when Says(said, "expired") || GitHubTokenCheck.ExpiryOf(response.Headers) < now => new(
                ConnectorFault.TokenExpired, "The token has expired. Make a new one on GitHub and enter it here."),
            HttpStatusCode.Unauthorized => new(
                ConnectorFault.TokenWrong,
                "GitHub does not accept this token: it is mistyped, revoked or expired. Make a new one on GitHub and enter it here."),
            HttpStatusCode.Forbidden when Header(response.Headers, "X-GitHub-SSO") is { } sso => NeedsSso(sso),
            HttpStatusCode.Forbidden when Says(said, "SAML") => NeedsSso(null),
            HttpStatusCode.Forbidden when Says(said, "IP allow list") => new(
                ConnectorFault.MissingPermission,
                "The organization's IP allow list keeps this server out. An owner has to add its address on GitHub."),
            HttpStatusCode.Forbidden => Forbidden(response.Headers, what, said),
            HttpStatusCode.UnavailableForLegalReasons => new(
                ConnectorFault.MissingPermission, $"GitHub has blocked access to {what} for legal reasons."),
            HttpStatusCode.NotFound => new(
                ConnectorFault.NotFound, $"GitHub has no {what}, or the token may not see it. Check the name and the token's repositories."),
            HttpStatusCode.Gone => new(ConnectorFault.FeatureDisabled, $"{what} is switched off."),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => new(
                ConnectorFault.Unreachable,
                $"{request.RequestUri?.Host} is in trouble (status {(int)status}) and answered {what} in no try. It usually passes by itself.",
                inner: new HttpRequestException(said, null, status)),
            _ => new(ConnectorFault.Malformed, $"{request.RequestUri?.Host} answered {what} with status {(int)status}. {said}".TrimEnd()),
        };
    }

    public static Exception Explain(GraphQlRefusal refusal)
    {
        var first = refusal.Errors[0];
        var said = first.Message ?? "";
        var now = refusal.Headers.Date ?? DateTimeOffset.UnixEpoch;
        foreach (var error in refusal.Errors)
        {
            if (error.Type is "RATE_LIMITED" or "RATE_LIMIT" || Says(error.Message, "rate limit"))
                return Limited(WaitUntil(refusal.Headers, now) ?? now + SecondaryPause);
            if (error.Type is "RESOURCE_LIMITS_EXCEEDED" or "MAX_NODE_LIMIT_EXCEEDED"
                || Says(error.Message, "Resource limits") || Says(error.Message, "couldn't respond to your request in time")
                || Says(error.Message, "Something went wrong while executing your query") || IsInternal(error))
                return new TooHeavyException("GitHub couldn't answer, even for the smallest part. We'll retry automatically.");
        }
        return first.Type switch
        {
            "NOT_FOUND" => new ConnectorException(
                ConnectorFault.NotFound, $"GitHub does not find it, or the token may not see it: {said}"),
            "FORBIDDEN" when Says(said, "SAML") => NeedsSso(Header(refusal.Headers, "X-GitHub-SSO")),
            "FORBIDDEN" or "INSUFFICIENT_SCOPES" => Forbidden(refusal.Headers, "this", said),
            _ => new ConnectorException(ConnectorFault.Malformed, $"GitHub did not answer the question: {said}"),
        };
    }

    // What is wrong with a question has a code, and what the token may not see has a type; the rest is trouble of GitHub's own.
    private static bool IsInternal(GraphQlError error) => error.Type is null
        ? error.Extensions.ValueKind != JsonValueKind.Object || !error.Extensions.TryGetProperty("code", out _)
        : error.Type.Contains("INTERNAL", StringComparison.Ordinal) || error.Type.Contains("TIMEOUT", StringComparison.Ordinal)
            || error.Type.Contains("UNAVAILABLE", StringComparison.Ordinal);

    private static DateTimeOffset? LimitOf(HttpResponseMessage response, string said, DateTimeOffset now)
    {
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null)
            return WaitUntil(response.Headers, now);
        if (response.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
            return null;
        if (WaitUntil(response.Headers, now) is { } until)
            return until;
        return response.StatusCode == HttpStatusCode.TooManyRequests || Says(said, "rate limit") || Says(said, "abuse detection")
            ? now + SecondaryPause
            : null;
    }

    // The primary limit's reset is an instant in seconds; the secondary one only says how long to stay away.
    private static DateTimeOffset? WaitUntil(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.RetryAfter?.Delta is { } pause)
            return now + pause;
        if (headers.RetryAfter?.Date is { } date)
            return date;
        return Header(headers, "x-ratelimit-remaining") == "0"
            && long.TryParse(Header(headers, "x-ratelimit-reset"), CultureInfo.InvariantCulture, out var reset)
            ? DateTimeOffset.FromUnixTimeSeconds(reset)
            : null;
    }

    private static ConnectorException Limited(DateTimeOffset until) => new(
        ConnectorFault.RateLimited,
        string.Create(CultureInfo.InvariantCulture, $"GitHub's limit of requests is used up until {until.UtcDateTime:HH:mm} UTC; reading goes on then."),
        until);

    private static ConnectorException NeedsSso(string? header)
    {
        var link = header?.Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(part => part.StartsWith("url=", StringComparison.Ordinal));
        return new ConnectorException(
            ConnectorFault.SsoRequired,
            "The organization demands single sign-on, and the token is not authorized for it. On GitHub open Settings, Developer settings, "
            + "the token, Configure SSO, and authorize it"
            + (link is null ? "." : $", or open {link["url=".Length..]}"));
    }

    private static ConnectorException Forbidden(HttpResponseHeaders headers, string what, string said)
    {
        var wanted = Header(headers, "x-accepted-github-permissions") ?? Header(headers, "x-accepted-oauth-scopes");
        return new ConnectorException(
            ConnectorFault.MissingPermission,
            $"The token may not read {what}. "
            + (string.IsNullOrWhiteSpace(wanted) ? "" : $"GitHub asks for: {wanted}. ")
            + (said.Length == 0 ? "Give it the permission on GitHub." : $"GitHub says: {said}"));
    }

    private static string WithoutQuery(Uri? address) => address is null ? "" : address.AbsolutePath;

    private static bool Says(string? text, string words) => text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
