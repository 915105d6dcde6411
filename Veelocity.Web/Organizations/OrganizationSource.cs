using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Organizations;

/// <summary>Endpoint metadata: where the request says which organization it is about.</summary>
internal enum OrganizationSource
{
    /// <summary>The route value <c>slug</c>: <c>/o/{slug}/…</c>.</summary>
    Address,

    /// <summary>The route value <c>id</c>: <c>/api/v1/organizations/{id}/…</c>.</summary>
    RouteId,

    /// <summary>The header X-Organization; may be missing when the caller belongs to exactly one, or uses a token of one.</summary>
    Header,
}

/// <summary>
/// Binds <see cref="CurrentOrganization"/> for endpoints that belong to one. Membership is read at each request, so that a removed
/// member is out at once; who is not a member gets the same 404 as for an organization that does not exist.
/// </summary>
internal sealed class BindOrganization(RequestDelegate next, ILogger<BindOrganization> logger)
{
    private const string HeaderName = "X-Organization";

    public async Task InvokeAsync(HttpContext context, MyOrganizations mine, CurrentOrganization current, VeelocityDb db)
    {
        db.Actor = RequestActor.Of(context);
        // Who has not signed in is sent to do so by the authorization that follows.
        if (context.GetEndpoint()?.Metadata.GetMetadata<OrganizationMetadata>() is { } bound && context.User.CallerId() is { } caller)
        {
            var membership = await mine.FindAsync(caller, await NameAsync(bound.Source, context, mine, caller), context.RequestAborted);
            // A personal API token opens one organization; to it all others are as if they were not there.
            if (membership is null || context.User.OnlyOrganization() is { } only && only != membership.OrganizationId)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            current.Bind(membership);
            using var scope = logger.BeginScope(new KeyValuePair<string, object>[] { new("OrganizationId", membership.OrganizationId), new("UserId", caller) });
            await next(context);
            return;
        }
        await next(context);
    }

    private static async Task<string> NameAsync(OrganizationSource source, HttpContext context, MyOrganizations mine, Guid caller)
    {
        if (source == OrganizationSource.Address)
            return (string?)context.Request.RouteValues["slug"] ?? "";
        if (source == OrganizationSource.RouteId)
            return (string?)context.Request.RouteValues["id"] ?? "";
        if (context.Request.Headers[HeaderName].ToString() is { Length: > 0 } named)
            return named;
        if (context.User.OnlyOrganization() is { } bound)
            return bound.ToString();
        var all = await mine.ListAsync(caller, context.RequestAborted);
        return all.Count == 1
            ? all[0].Slug
            : throw new Refused(
                all.Count == 0
                    ? "You do not belong to an organization yet. Create one with POST /api/v1/organizations."
                    : $"You belong to several organizations. Name one by id or slug in the header {HeaderName}.",
                "organization_required",
                StatusCodes.Status400BadRequest);
    }
}

/// <summary>Carries an <see cref="OrganizationSource"/> on an endpoint.</summary>
internal sealed record OrganizationMetadata(OrganizationSource Source);
