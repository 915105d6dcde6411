using System.Globalization;

namespace Veelocity.Simulator.Gate;

/// <summary>Carries out a fault that stands in place of an answer.</summary>
internal static class FaultAnswers
{
    private const string Limited = "API rate limit exceeded for user ID 1.";
    private const string Secondary = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    private const string Gone =
        "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `1234:5678` when reporting this issue.";
    private const string Sso = "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.";
    private const string Forbidden = "Resource not accessible by personal access token";

    /// <summary>True when the request is answered by the fault and goes no further.</summary>
    public static async Task<bool> Stops(HttpContext http, Fault fault, TimeProvider clock)
    {
        var exchange = Exchange.Of(http);
        switch (fault.Kind)
        {
            case FaultKind.Slow:
                await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMilliseconds), http.RequestAborted);
                return false;
            case FaultKind.BadGateway:
                http.Response.StatusCode = fault.Status ?? StatusCodes.Status502BadGateway;
                http.Response.ContentType = "text/html";
                await http.Response.WriteAsync("<html><head><title>502 Bad Gateway</title></head></html>", http.RequestAborted);
                return true;
            case FaultKind.GatewayTimeout:
                await Refusal.Write(http, fault.Status ?? 504, "We couldn't respond to your request in time. Sorry about that. Please try resubmitting your request.");
                return true;
            case FaultKind.ServerError:
                await Refusal.Write(http, fault.Status ?? 500, "Server Error");
                return true;
            case FaultKind.Disconnect:
                http.Abort();
                return true;
            case FaultKind.SecondaryLimit:
                if (fault.RetryAfterSeconds is { } seconds)
                    http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                await Say(http, fault, 403, 403, "RATE_LIMITED", Secondary);
                return true;
            case FaultKind.PrimaryLimit:
                exchange.Budget = new Budget(exchange.Kind == RequestKind.Rest ? RateLimits.Core : RateLimits.GraphQl, 5_000, 5_000, clock.GetUtcNow().AddSeconds(fault.ResetSeconds));
                await Say(http, fault, 429, 200, "RATE_LIMITED", Limited);
                return true;
            case FaultKind.TokenRevoked:
                await Refusal.Write(http, fault.Status ?? 401, "Bad credentials");
                return true;
            case FaultKind.SsoRequired:
                http.Response.Headers["X-GitHub-SSO"] = $"required; url={exchange.WebUrl}/orgs/acme/sso?authorization_request=A";
                await Say(http, fault, 403, 200, "FORBIDDEN", Sso);
                return true;
            case FaultKind.MissingPermission:
                http.Response.Headers["X-Accepted-GitHub-Permissions"] = "metadata=read";
                await Say(http, fault, 403, 200, "FORBIDDEN", Forbidden);
                return true;
            case FaultKind.QueryTimeout:
                http.Response.StatusCode = fault.Status ?? StatusCodes.Status200OK;
                await http.Response.WriteAsJsonAsync(new { data = (object?)null, errors = new[] { new { message = Gone } } }, http.RequestAborted);
                return true;
            case FaultKind.NotFound or FaultKind.ActionsDisabled:
                await Say(http, fault, 404, 200, "NOT_FOUND", exchange.Kind == RequestKind.Rest ? "Not Found" : "Could not resolve to a Repository with the name given.");
                return true;
            default:
                return false;
        }
    }

    // A query is refused with status 200 and errors, unless another status is wanted.
    private static Task Say(HttpContext http, Fault fault, int rest, int query, string type, string message)
    {
        var isQuery = Exchange.Of(http).Kind == RequestKind.GraphQl;
        var status = fault.Status ?? (isQuery ? query : rest);
        if (!isQuery || status != StatusCodes.Status200OK)
            return Refusal.Write(http, status, message);
        http.Response.StatusCode = status;
        return type == "RATE_LIMITED"
            ? http.Response.WriteAsJsonAsync(new { errors = new[] { new { type, message } } }, http.RequestAborted)
            : http.Response.WriteAsJsonAsync(new { data = new { repository = (object?)null }, errors = new[] { new { type, path = new[] { "repository" }, message } } }, http.RequestAborted);
    }
}
