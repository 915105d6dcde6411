using System.Diagnostics;
using System.Globalization;
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
        var path = http.Request.Path + http.Request.QueryString;
        var kind = Normalise(http.Request);
        var root = $"{http.Request.Scheme}://{http.Request.Host}";
        var exchange = new Exchange(Caller.From(http.Request), kind, world, world.WebUrl ?? root, root + http.Request.PathBase);
        http.Features.Set(exchange);
        var asked = new Asked(kind, path, faults.LookAtBodies ? await BodyOf(http.Request) : "", exchange.Caller.Token);

        var wire = http.Response.Body;
        using var body = new MemoryStream();
        http.Response.Body = body;
        await Answer(http, exchange, asked);
        var spoiler = await Spoil(http, exchange, asked, body);
        http.Response.Body = wire;
        http.Response.Headers.Date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);

        if (spoiler is null && exchange.Caller.IsAccepted && IsUnchanged(http, exchange, body))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            http.Response.ContentType = null;
            body.SetLength(0);
            exchange.Cost = 0;
        }

        if (exchange.Caller.IsAccepted)
            WriteLimits(http, exchange.Budget ?? limits.Charge(exchange.Caller, Resource(kind), exchange.Cost));
        log.Add(new LoggedRequest(
            clock.GetUtcNow(), http.Request.Method, path, kind, exchange.Operation, exchange.Cost, http.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
        await Send(http, body, isCut: spoiler?.Kind == FaultKind.CutBody);
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

    private static async Task<string> BodyOf(HttpRequest request)
    {
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync();
        request.Body.Position = 0;
        return text;
    }

    private async Task Answer(HttpContext http, Exchange exchange, Asked asked)
    {
        var caller = exchange.Caller;
        if (!caller.IsAccepted)
        {
            exchange.Cost = 0;
            if (caller.IsExpired)
                http.Response.Headers["GitHub-Authentication-Token-Expiration"] = clock.GetUtcNow().AddDays(-3).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
            await Refusal.Write(http, 401, caller.Token.Length == 0 ? "Requires authentication" : "Bad credentials");
            return;
        }

        if (caller.Scopes is { } scopes)
            http.Response.Headers["X-OAuth-Scopes"] = scopes;
        http.Response.Headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        if (faults.Strike(asked, after: false) is { } fault && await FaultAnswers.Stops(http, fault, clock))
            return;
        if (exchange.Kind == RequestKind.Rest && !http.Request.Path.StartsWithSegments("/rate_limit", StringComparison.Ordinal)
            && limits.Charge(caller, RateLimits.Core, 0) is { Remaining: 0 } empty)
        {
            exchange.Budget = empty;
            await Refusal.Write(http, 403, $"API rate limit exceeded for user ID {exchange.World.Viewer.Id}.", "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api");
            return;
        }

        exchange.IsAnswered = true;
        using (exchange.World.Read())
            await next(http);
    }

    // Only an answer that came from the world can be spoiled.
    private async Task<Fault?> Spoil(HttpContext http, Exchange exchange, Asked asked, MemoryStream body)
    {
        if (!exchange.IsAnswered || faults.Strike(asked with { Nodes = exchange.Nodes }, after: true) is not { } fault)
            return null;
        var good = body.ToArray();
        body.SetLength(0);
        if (fault.SpoilsAnswer)
            body.Write(SpoiledAnswer.Of(good, fault.Kind));
        else if (!await FaultAnswers.Stops(http, fault, clock))
            body.Write(good);
        return fault;
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
        headers["x-ratelimit-limit"] = budget.Limit.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining"] = budget.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-used"] = Math.Min(budget.Used, budget.Limit).ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-reset"] = budget.ResetAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-resource"] = budget.Resource;
    }

    // A cut answer promised more than it gives.
    private static async Task Send(HttpContext http, MemoryStream body, bool isCut)
    {
        if (body.Length == 0)
            return;
        http.Response.ContentLength = body.Length;
        var given = isCut ? (int)body.Length / 2 : (int)body.Length;
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, given), http.RequestAborted);
        if (!isCut)
            return;
        await http.Response.Body.FlushAsync(http.RequestAborted);
        http.Abort();
    }

    private static string Resource(RequestKind kind) => kind == RequestKind.GraphQl ? RateLimits.GraphQl : RateLimits.Core;
}
