using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>The caller's organizations and their members.</summary>
internal static class Organizations
{
    public static void MapOrganizations(this RouteGroupBuilder v1)
    {
        var organizations = v1.MapGroup("/organizations").WithTags("Organizations");
        organizations.MapGet("/", ListAsync).WithSummary("The organizations you belong to");
        organizations.MapPost("/", CreateAsync).WithSummary("Create an organization; you become its Admin")
            .MayAnswer(403, "token_not_allowed", "A personal API token belongs to one organization; sign in for another.");

        var one = organizations.MapGroup("/{id}").About(OrganizationSource.RouteId);
        one.MapGet("/", GetAsync).WithSummary("One of your organizations");
        one.MapMembers();
        one.MapInvitations();
        one.MapAuditLog();
    }

    private static async Task<Page<OrganizationAnswer>> ListAsync(
        ClaimsPrincipal caller, MyOrganizations mine, [AsParameters] Paging paging, CancellationToken cancellation)
    {
        var all = await mine.SeenByAsync(caller, cancellation);
        return paging.Of([.. all.Select(OrganizationAnswer.From)]);
    }

    private static async Task<Created<OrganizationAnswer>> CreateAsync(
        OrganizationBody body, ClaimsPrincipal caller, OrganizationFounding founding, CancellationToken cancellation)
    {
        if (caller.OnlyOrganization() is not null)
            throw new Refused("A personal API token belongs to one organization. Sign in to create another.", "token_not_allowed", StatusCodes.Status403Forbidden);
        var made = await founding.FoundAsync(caller.RequiredCallerId(), body.Name!, body.TimeZone ?? TimeZones.Default, cancellation);
        return TypedResults.Created($"/api/v1/organizations/{made.Id}", OrganizationAnswer.From(made));
    }

    private static async Task<OrganizationAnswer> GetAsync(
        string id, ClaimsPrincipal caller, MyOrganizations mine, CurrentOrganization current, CancellationToken cancellation) =>
        OrganizationAnswer.From((await mine.SeenByAsync(caller, cancellation)).Single(o => o.Id == current.Id));
}

internal sealed record OrganizationBody
{
    [Required(ErrorMessage = "Give the organization a name."), StringLength(100, ErrorMessage = "Use 100 characters at most.")]
    public string? Name { get; init; }

    [TimeZone]
    public string? TimeZone { get; init; }
}

internal sealed record OrganizationAnswer(Guid Id, string Name, string Slug, string TimeZone, Role Role, DateTimeOffset CreatedAt)
{
    public static OrganizationAnswer From(MyOrganization own) => new(own.Id, own.Name, own.Slug, own.TimeZone, own.Role, own.CreatedAt);
}
