using System.Net;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Audit;

/// <summary>Who a request is from; behind trusted proxies, as their headers say.</summary>
internal static class RequestActor
{
    public static AuditActor Of(HttpContext? context)
    {
        if (context is null) return AuditActor.Veelocity;
        var isApi = context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
        return new AuditActor(
            context.User.CallerId(), context.User.CallerName() ?? AuditActor.Veelocity.Name, isApi ? AuditChannel.Api : AuditChannel.Page,
            Plain(context.Connection.RemoteIpAddress));
    }

    // An IPv4 address as people know it, also where the socket takes both.
    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
