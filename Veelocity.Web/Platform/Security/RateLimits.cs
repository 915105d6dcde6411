using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Veelocity.Web.Platform.Security;

/// <summary>How often one address may try what guessing would abuse, and how often one caller may ask the API. Each instance counts for itself.</summary>
public static class RateLimits
{
    /// <summary>For endpoints that take a password or a code; only requests that change something count.</summary>
    public const string SignIn = "sign-in";

    private static readonly PathString Api = "/api";

    // Who draws badges has no token that could be counted.
    private static readonly PathString Badges = "/badges";

    internal static void AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<SecurityOptions>>((limiter, security) => Configure(limiter, security.Value));
    }

    private static void Configure(RateLimiterOptions limiter, SecurityOptions security)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : TimeSpan.FromMinutes(1);
            context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limiter.AddPolicy(SignIn, context => HttpMethods.IsPost(context.Request.Method)
            ? AMinute(AddressOf(context), security.SignInsPerMinute)
            : RateLimitPartition.GetNoLimiter(""));
        // The address first: who makes up a new token for each request gets no further.
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => IsApi(context) || context.Request.Path.StartsWithSegments(Badges, StringComparison.OrdinalIgnoreCase)
                ? AMinute(AddressOf(context), security.ApiRequestsPerMinuteFromAddress)
                : RateLimitPartition.GetNoLimiter("")),
            PartitionedRateLimiter.Create<HttpContext, string>(context => IsApi(context) && TokenOf(context) is { } token
                ? AMinute(token, security.ApiRequestsPerMinute)
                : RateLimitPartition.GetNoLimiter("")));
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase);

    private static RateLimitPartition<string> AMinute(string key, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    private static string AddressOf(HttpContext context) => NetworkOf(context.Connection.RemoteIpAddress);

    /// <summary>An IPv6 customer has a whole /64 to send from, so it counts as one.</summary>
    internal static string NetworkOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        return address switch
        {
            null => "",
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
            _ => address.ToString(),
        };
    }

    private static string? TokenOf(HttpContext context) =>
        context.Request.Headers.Authorization is [{ Length: > 0 } value] ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value))) : null;
}
