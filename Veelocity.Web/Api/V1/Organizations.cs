using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>The caller's organizations and their members.</summary>
internal static class Organizations
{
    public static void MapOrganizations(this RouteGroupBuilder v1)
    {
        var organizations = v1.MapGroup("/organizations").WithTags("Organizations");
        organizations.MapGet("/", ListAsync).WithSummary("The organizations you belong to");
        organizations.MapPost("/", CreateAsync).WithSummary("Create an organization; you become its Admin");

        var one = organizations.MapGroup("/{id}").About(OrganizationSource.RouteId);
        one.MapGet("/", GetAsync).WithSummary("One of your organizations");
        one.MapGet("/members", MembersAsync).WithSummary("Who belongs to the organization");
    }

    private static async Task<Page<OrganizationAnswer>> ListAsync(
        ClaimsPrincipal caller, MyOrganizations mine, [AsParameters] Paging paging, CancellationToken cancellation)
    {
        var all = await mine.ListAsync(caller.RequiredCallerId(), cancellation);
        return paging.Of([.. all.Select(OrganizationAnswer.From)]);
    }

    private static async Task<Created<OrganizationAnswer>> CreateAsync(
        OrganizationBody body, ClaimsPrincipal caller, OrganizationFounding founding, CancellationToken cancellation)
    {
        var made = await founding.FoundAsync(caller.RequiredCallerId(), body.Name!, body.TimeZone ?? TimeZones.Default, cancellation);
        return TypedResults.Created($"/api/v1/organizations/{made.Id}", OrganizationAnswer.From(made));
    }

    private static async Task<OrganizationAnswer> GetAsync(
        string id, ClaimsPrincipal caller, MyOrganizations mine, CurrentOrganization current, CancellationToken cancellation) =>
        OrganizationAnswer.From((await mine.ListAsync(caller.RequiredCallerId(), cancellation)).Single(o => o.Id == current.Id));

    private static Task<Page<MemberAnswer>> MembersAsync(
        string id, VeelocityDb db, [AsParameters] Paging paging, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.Memberships
                .OrderBy(m => m.JoinedAt).ThenBy(m => m.UserId)
                .Select(m => new MemberAnswer(m.UserId, m.User.Email!, m.User.FullName, m.Role, m.JoinedAt)),
            cancellation);
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

internal sealed record MemberAnswer(Guid UserId, string Email, string FullName, Role Role, DateTimeOffset JoinedAt);
