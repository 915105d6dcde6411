using System.Diagnostics;
using System.Globalization;
using System.Text;
using Veelocity.Simulator.Gate;

namespace Veelocity.Simulator.Linear;

/// <summary>What every call to Linear passes: the key, the faults, the budget; and on the way out the headers and the log.</summary>
internal sealed class LinearGate(RequestDelegate next, LinearWorkspace workspace, LinearGrants grants, Faults faults, RequestLog log, TimeProvider clock)
{
    private const int Budget = 2500;

    public async Task InvokeAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        var exchange = new LinearExchange(LinearCaller.From(http.Request));
        http.Features.Set(exchange);
        var isQuestion = http.Request.Path.Value?.EndsWith("/graphql", StringComparison.Ordinal) == true;
        if (!isQuestion || !await StopsAsync(http, exchange)) await next(http);
        log.Add(new LoggedRequest(
            clock.GetUtcNow(), http.Request.Method, http.Request.Path, isQuestion ? RequestKind.GraphQl : RequestKind.Rest, exchange.Operation, (int)Math.Ceiling(exchange.Complexity),
            http.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
    }

    private async Task<bool> StopsAsync(HttpContext http, LinearExchange exchange)
    {
        var caller = exchange.Caller;
        if (caller is { IsKey: true, IsBearer: true })
        {
            await SayAsync(http, 400, "authentication error", "AUTHENTICATION_ERROR", "It looks like you're trying to use an API key as a Bearer token. Remove the Bearer prefix from the Authorization header.");
            return true;
        }
        if (caller.IsKey ? caller.Says("wrong") : !(caller.IsBearer && grants.Knows(caller.Token)))
        {
            await SayAsync(http, 401, "authentication error", "AUTHENTICATION_ERROR", "Authentication required, not authenticated");
            return true;
        }
        var body = await BodyOfAsync(http.Request);
        var asked = new Asked(RequestKind.GraphQl, http.Request.Path, body, caller.Token);
        if ((faults.Strike(asked, after: false) ?? faults.Strike(asked, after: true)) is { } fault) return await StopsAsync(http, fault);
        if (workspace.RequestsLeft is { } left)
        {
            if (left == 0)
            {
                await LimitAsync(http, 1800);
                return true;
            }
            workspace.RequestsLeft = left - 1;
            WriteBudget(http, left - 1, 1800);
            return false;
        }
        WriteBudget(http, Budget - 1, 3600);
        return false;
    }

    private async Task<bool> StopsAsync(HttpContext http, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Slow:
                await Task.Delay(fault.DelayMilliseconds, http.RequestAborted);
                return false;
            case FaultKind.Disconnect:
                http.Abort();
                return true;
            case FaultKind.PrimaryLimit:
                await LimitAsync(http, fault.ResetSeconds);
                return true;
            case FaultKind.SecondaryLimit:
                http.Response.Headers.RetryAfter = (fault.RetryAfterSeconds ?? 30).ToString(CultureInfo.InvariantCulture);
                await SayAsync(http, 429, "ratelimited", "RATELIMITED", "Rate limit exceeded");
                return true;
            case FaultKind.TokenRevoked:
                await SayAsync(http, fault.Status ?? 401, "authentication error", "AUTHENTICATION_ERROR", "Authentication required, not authenticated");
                return true;
            case FaultKind.MissingPermission:
                await SayAsync(http, fault.Status ?? 200, "forbidden", "FORBIDDEN", "You don't have permission to do that.");
                return true;
            case FaultKind.NotFound:
                await SayAsync(http, fault.Status ?? 200, "invalid input", "INPUT_ERROR", "Entity not found: Issue");
                return true;
            case FaultKind.PartialData:
                http.Response.StatusCode = 200;
                await http.Response.WriteAsJsonAsync(new { data = new { issues = (object?)null }, errors = new[] { new { message = "Internal server error", extensions = new { type = "internal error", code = "INTERNAL_SERVER_ERROR" } } } }, http.RequestAborted);
                return true;
            case FaultKind.MalformedJson:
                await http.Response.WriteAsync("{\"data\":{", http.RequestAborted);
                return true;
            default:
                http.Response.StatusCode = fault.Status ?? (fault.Kind == FaultKind.ServerError ? 500 : 502);
                return true;
        }
    }

    private Task LimitAsync(HttpContext http, int seconds)
    {
        WriteBudget(http, 0, seconds);
        return SayAsync(http, 400, "ratelimited", "RATELIMITED", "Rate limit exceeded. Only 2500 requests are allowed per 1 hour.");
    }

    // Linear counts its resets in milliseconds.
    private void WriteBudget(HttpContext http, int left, int seconds)
    {
        var headers = http.Response.Headers;
        headers["X-RateLimit-Requests-Limit"] = Budget.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Requests-Remaining"] = left.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Requests-Reset"] = clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Complexity-Limit"] = "3000000";
        headers["X-RateLimit-Complexity-Remaining"] = "2900000";
        headers["X-RateLimit-Complexity-Reset"] = headers["X-RateLimit-Requests-Reset"];
    }

    private static async Task<string> BodyOfAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync();
        request.Body.Position = 0;
        return text;
    }

    private static Task SayAsync(HttpContext http, int status, string type, string code, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { errors = new[] { new { message, extensions = new { type, code, userError = true, userPresentableMessage = message } } } }, http.RequestAborted);
    }
}
