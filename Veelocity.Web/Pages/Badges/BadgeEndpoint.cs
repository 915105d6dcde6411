using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Badges;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Badges;

/// <summary>
/// Pictures for a README: <c>GET /badges/{token}/{metric}.svg</c>. The token is all that lets anyone see them; no cookie is read or set, and an
/// address that never was, one that is dead and a metric that there is not are answered alike.
/// </summary>
internal static class BadgeEndpoint
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    public static string PathOf(string token, string metric) => $"/badges/{token}/{metric}.svg";

    public static void MapBadges(this IEndpointRouteBuilder app) =>
        app.MapGet("/badges/{token}/{metric}.svg", ShowAsync)
            .AllowAnonymous()
            .WithMetadata(new SkipStatusCodePagesAttribute())
            .WithSecurityHeadersPolicy(SecurityModule.Picture)
            .ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(
        string token, string metric, HttpResponse response, BadgeAddresses addresses, BadgeNumbers numbers, VeelocityDb db, TimeProvider clock, CancellationToken cancellation)
    {
        if (BadgeNumbers.All.All(known => known.Metric != metric) || await addresses.OwnerOfAsync(token, cancellation) is not { } owner) return Results.NotFound();
        db.OrganizationId = owner.Id;
        if (await numbers.DrawAsync(metric, owner.Id, TimeZoneInfo.FindSystemTimeZoneById(owner.TimeZone), clock.GetUtcNow(), cancellation) is not { } badge)
            return Results.NotFound();
        var picture = Encoding.UTF8.GetBytes(badge.ToSvg());
        response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = Fresh };
        var mark = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(picture).AsSpan(0, 8))}\"");
        return Results.Bytes(picture, "image/svg+xml", entityTag: mark);
    }
}
