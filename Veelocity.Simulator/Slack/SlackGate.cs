using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Veelocity.Simulator.Gate;

namespace Veelocity.Simulator.Slack;

/// <summary>What every call to Slack passes: the faults, the budget of history, the log.</summary>
internal sealed class SlackGate(RequestDelegate next, Workspace workspace, Faults faults, RequestLog log, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        var path = http.Request.Path + http.Request.QueryString;
        var fault = faults.Strike(new Asked(RequestKind.Rest, path, "", SlackCaller.From(http.Request).Token), after: false);
        if (fault is null || !await StopsAsync(http, fault))
        {
            if (IsHeldShort(http)) await LimitAsync(http, 1);
            else await next(http);
        }
        log.Add(new LoggedRequest(
            clock.GetUtcNow(), http.Request.Method, path, RequestKind.Rest, http.Request.Path.Value?.Split('/')[^1], 1, http.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
    }

    private bool IsHeldShort(HttpContext http)
    {
        if (http.Request.Path.Value?.EndsWith("conversations.history", StringComparison.Ordinal) != true && http.Request.Path.Value?.EndsWith("conversations.replies", StringComparison.Ordinal) != true)
            return false;
        if (workspace.HistoryBudget is not { } budget) return false;
        // The next minute has a budget again.
        workspace.HistoryBudget = budget == 0 ? 1 : budget - 1;
        return budget == 0;
    }

    private static async Task<bool> StopsAsync(HttpContext http, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Slow:
                await Task.Delay(fault.DelayMilliseconds, http.RequestAborted);
                return false;
            case FaultKind.Disconnect:
                http.Abort();
                return true;
            case FaultKind.PrimaryLimit or FaultKind.SecondaryLimit:
                await LimitAsync(http, fault.RetryAfterSeconds ?? 30);
                return true;
            case FaultKind.TokenRevoked:
                await SayAsync(http, SlackRoutes.Error("token_revoked"));
                return true;
            case FaultKind.MissingPermission:
                await SayAsync(http, SlackRoutes.Error("missing_scope", "channels:history"));
                return true;
            case FaultKind.NotFound:
                await SayAsync(http, SlackRoutes.Error("channel_not_found"));
                return true;
            case FaultKind.ServerError:
                await SayAsync(http, SlackRoutes.Error("internal_error"));
                return true;
            case FaultKind.MalformedJson:
                await http.Response.WriteAsync("{\"ok\":true,", http.RequestAborted);
                return true;
            default:
                http.Response.StatusCode = fault.Status ?? StatusCodes.Status502BadGateway;
                return true;
        }
    }

    private static Task LimitAsync(HttpContext http, int seconds)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return SayAsync(http, SlackRoutes.Error("ratelimited"));
    }

    private static Task SayAsync(HttpContext http, JsonObject json) => http.Response.WriteAsJsonAsync(json, http.RequestAborted);
}
