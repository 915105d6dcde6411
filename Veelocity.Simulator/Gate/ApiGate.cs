using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Gate;

/// <summary>What every call passes: the token, the budget, the faults; and on the way out ETag, limits and the log.</summary>
internal sealed class ApiGate(RequestDelegate next, World world, RateLimits limits, Faults faults, RequestLog log, TimeProvider clock)
{
    private const string Enterprise = "/api/v3";

    public async Task InvokeAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        var asked = http.Request.Path + http.Request.QueryString;
        var kind = Normalise(http.Request);
        var root = $"{http.Request.Scheme}://{http.Request.Host}";
        var exchange = new Exchange(Caller.From(http.Request), kind, world, root, root + http.Request.PathBase);
        http.Features.Set(exchange);

        var wire = http.Response.Body;
        using var body = new MemoryStream();
        http.Response.Body = body;
        await Answer(http, exchange, asked);
        http.Response.Body = wire;
        http.Response.Headers.Date = clock.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);

        var budget = exchange.Budget;
        if (exchange.Caller.IsAccepted && IsUnchanged(http, exchange, body))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            http.Response.ContentType = null;
            body.SetLength(0);
            exchange.Cost = 0;
        }

        if (exchange.Caller.IsAccepted)
            WriteLimits(http, budget is null ? limits.Charge(exchange.Caller, Resource(kind), exchange.Cost) : budget);
        log.Add(new LoggedRequest(
            clock.GetUtcNow(), http.Request.Method, asked, kind, exchange.Operation, exchange.Cost, http.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
        if (body.Length == 0)
            return;
        http.Response.ContentLength = body.Length;
        body.Position = 0;
        await body.CopyToAsync(wire, http.RequestAborted);
    }

    /// <summary>The same routes serve github.com's shape and an enterprise server's.</summary>
    private static RequestKind Normalise(HttpRequest request)
    {
        if (request.Path.StartsWithSegments(Enterprise, StringComparison.OrdinalIgnoreCase, out var rest))
            (request.PathBase, request.Path) = (Enterprise, rest);
        else if (request.Path.Equals("/api/graphql", StringComparison.OrdinalIgnoreCase))
            request.Path = "/graphql";
        return request.Path.Equals("/graphql", StringComparison.OrdinalIgnoreCase) ? RequestKind.GraphQl : RequestKind.Rest;
    }

    private async Task Answer(HttpContext http, Exchange exchange, string asked)
    {
        var caller = exchange.Caller;
        if (!caller.IsAccepted)
        {
            exchange.Cost = 0;
            if (caller.IsExpired)
                http.Response.Headers["GitHub-Authentication-Token-Expiration"] = clock.GetUtcNow().AddDays(-3).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
            await Refusal.Write(http, 401, caller.Token.Length == 0 ? "Requires authentication" : "Bad credentials");
            return;
        }

        if (caller.Scopes is { } scopes)
            http.Response.Headers["X-OAuth-Scopes"] = scopes;
        http.Response.Headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        if (faults.Strike(exchange.Kind, asked) is { } fault && await FaultAnswers.Stops(http, fault, clock))
            return;
        if (exchange.Kind == RequestKind.Rest && !http.Request.Path.StartsWithSegments("/rate_limit", StringComparison.Ordinal)
            && limits.Charge(caller, RateLimits.Core, 0) is { Remaining: 0 } empty)
        {
            exchange.Budget = empty;
            await Refusal.Write(http, 403, $"API rate limit exceeded for user ID {exchange.World.Viewer.Id}.", "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api");
            return;
        }

        using (exchange.World.Read())
            await next(http);
    }

    // The tag covers the token too, so that two people never share an answer.
    private static bool IsUnchanged(HttpContext http, Exchange exchange, MemoryStream body)
    {
        if (exchange.Kind != RequestKind.Rest || http.Response.StatusCode != 200 || !HttpMethods.IsGet(http.Request.Method))
            return false;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(exchange.Caller.Token));
        hash.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        var tag = $"W/\"{Convert.ToHexStringLower(hash.GetHashAndReset())}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, max-age=60, s-maxage=60";
        return http.Request.Headers.IfNoneMatch.Any(known => known is not null && known.Contains(tag[2..], StringComparison.Ordinal));
    }

    private static void WriteLimits(HttpContext http, Budget budget)
    {
        var headers = http.Response.Headers;
        headers["x-ratelimit-limit"] = budget.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining"] = budget.Remaining.ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["x-ratelimit-used"] = Math.Min(budget.Used, budget.Limit).ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["x-ratelimit-reset"] = budget.ResetAt.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["x-ratelimit-resource"] = budget.Resource;
    }

    private static string Resource(RequestKind kind) => kind == RequestKind.GraphQl ? RateLimits.GraphQl : RateLimits.Core;
}
