using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Teams;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Teams: who is in them and what they own.</summary>
internal static class Teams
{
    public static void MapTeams(this RouteGroupBuilder v1)
    {
        var teams = v1.MapOrganizationGroup("/teams").WithTags("Teams");
        teams.MapGet("/", ListAsync).WithExample(new Page<TeamDirectory.Item>([TeamExamples.Team], 1, 50, 1)).WithSummary("Teams by name; those in use, or the archived ones");
        teams.MapGet("/{id:guid}", GetAsync).WithExample(TeamExamples.Details).WithSummary("One team with its people and what it owns");
        teams.MapPost("/", CreateAsync).Requires(Permission.EditTeams).WithSummary("Make a team by hand");
        teams.MapPut("/{id:guid}/name", RenameAsync).Requires(Permission.EditTeams).WithSummary("Rename a team; kept against the issue tracker's name");
        teams.MapPost("/{id:guid}/archive", ArchiveAsync).Requires(Permission.EditTeams).WithSummary("Put a team away: it is offered nowhere, its numbers stay");
        teams.MapPost("/{id:guid}/restore", RestoreAsync).Requires(Permission.EditTeams).WithSummary("Take an archived team up again")
            .MayAnswer(409, "archived_in_tracker", "It is archived in the issue tracker; take it up again there.");
        teams.MapPut("/{id:guid}/members", SetMembersAsync).Requires(Permission.EditTeams)
            .WithSummary("Exactly these people are in the team; kept against the issue tracker");
        teams.MapPut("/{id:guid}/repositories", SetRepositoriesAsync).Requires(Permission.EditTeams)
            .WithSummary("The team owns exactly these repositories, with all their services");
        teams.MapPut("/{id:guid}/services", SetServicesAsync).Requires(Permission.EditTeams)
            .WithSummary("The team owns exactly these single services, apart from those of its repositories");
        teams.MapGet("/{id:guid}/suggestions", SuggestAsync)
            .WithSummary($"Repositories whose pull requests of the last {TeamSuggestions.Days} days were mostly written by the team's people");
    }

    private static async Task<Page<TeamDirectory.Item>> ListAsync(
        [AsParameters] TeamQuery query, [AsParameters] Paging paging, TeamDirectory directory, CancellationToken cancellation)
    {
        var all = await directory.ListAsync(query.Archived ?? false, cancellation);
        return paging.Of(all.Where(team => query.Text is null || team.Name.Contains(query.Text.Trim(), StringComparison.OrdinalIgnoreCase)).ToList());
    }

    private static async Task<Results<Ok<TeamDirectory.Details>, NotFound>> GetAsync(Guid id, TeamDirectory directory, CancellationToken cancellation) =>
        await directory.FindAsync(id, cancellation) is { } team ? TypedResults.Ok(team) : TypedResults.NotFound();

    private static async Task<Created<TeamDirectory.Details>> CreateAsync(
        TeamBody body, ClaimsPrincipal caller, CurrentOrganization organization, TeamChanges changes, TeamDirectory directory, CancellationToken cancellation)
    {
        var made = await changes.CreateAsync(organization.Id, body.Name, caller.RequiredCallerId(), cancellation);
        return TypedResults.Created($"/api/v1/teams/{made}", await directory.FindAsync(made, cancellation));
    }

    private static async Task<Results<Ok<TeamDirectory.Details>, NotFound>> RenameAsync(
        Guid id, TeamBody body, CurrentOrganization organization, TeamChanges changes, TeamDirectory directory, CancellationToken cancellation)
    {
        await changes.RenameAsync(organization.Id, id, body.Name, cancellation);
        return await GetAsync(id, directory, cancellation);
    }

    private static async Task<Results<Ok<TeamDirectory.Details>, NotFound>> ArchiveAsync(
        Guid id, ClaimsPrincipal caller, CurrentOrganization organization, TeamChanges changes, TeamDirectory directory, CancellationToken cancellation)
    {
        await changes.ArchiveAsync(organization.Id, id, caller.RequiredCallerId(), cancellation);
        return await GetAsync(id, directory, cancellation);
    }

    private static async Task<Results<Ok<TeamDirectory.Details>, NotFound>> RestoreAsync(
        Guid id, CurrentOrganization organization, TeamChanges changes, TeamDirectory directory, CancellationToken cancellation)
    {
        await changes.RestoreAsync(organization.Id, id, cancellation);
        return await GetAsync(id, directory, cancellation);
    }

    private static async Task<Results<Ok<TeamDirectory.Details>, NotFound>> SetMembersAsync(
        Guid id, TeamMembersBody body, ClaimsPrincipal caller, CurrentOrganization organization, TeamChanges changes, TeamDirectory directory,
        CancellationToken cancellation)
    {
        await changes.SetMembersAsync(organization.Id, id, body.PersonIds!, caller.RequiredCallerId(), cancellation);
        return await GetAsync(id, directory, cancellation);
    }

    private static async Task<Results<Ok<TeamDirectory.Details>, NotFound>> SetRepositoriesAsync(
        Guid id, TeamRepositoriesBody body, ClaimsPrincipal caller, CurrentOrganization organization, TeamChanges changes, TeamDirectory directory,
        CancellationToken cancellation)
    {
        await changes.SetRepositoriesAsync(organization.Id, id, body.RepositoryIds!, caller.RequiredCallerId(), cancellation);
        return await GetAsync(id, directory, cancellation);
    }

    private static async Task<Results<Ok<TeamDirectory.Details>, NotFound>> SetServicesAsync(
        Guid id, TeamServicesBody body, ClaimsPrincipal caller, CurrentOrganization organization, TeamChanges changes, TeamDirectory directory,
        CancellationToken cancellation)
    {
        await changes.SetServicesAsync(organization.Id, id, body.ServiceIds!, caller.RequiredCallerId(), cancellation);
        return await GetAsync(id, directory, cancellation);
    }

    private static async Task<Results<Ok<Page<TeamSuggestions.Suggestion>>, NotFound>> SuggestAsync(
        Guid id, [AsParameters] Paging paging, CurrentOrganization organization, TeamDirectory directory, TeamSuggestions suggestions, CancellationToken cancellation) =>
        await directory.FindAsync(id, cancellation) is null
            ? TypedResults.NotFound()
            : TypedResults.Ok(paging.Of(await suggestions.OfAsync(organization.Id, id, cancellation)));
}

internal sealed record TeamQuery
{
    /// <summary>Those put away instead of those in use.</summary>
    [FromQuery(Name = "archived")]
    public bool? Archived { get; init; }

    /// <summary>Part of the name.</summary>
    [FromQuery(Name = "q"), StringLength(100, ErrorMessage = "Use 100 characters at most.")]
    public string? Text { get; init; }
}

internal sealed record TeamBody
{
    [Required(ErrorMessage = "Give the team a name."), StringLength(Team.LongestName, ErrorMessage = "Use 100 characters at most.")]
    public string? Name { get; init; }
}

internal sealed record TeamMembersBody
{
    /// <summary>As contributors and members tell them.</summary>
    [Required(ErrorMessage = "Name the people, or nobody with an empty list."), MaxLength(1000, ErrorMessage = "Name 1000 people at most.")]
    public IReadOnlyList<Guid>? PersonIds { get; init; }
}

internal sealed record TeamRepositoriesBody
{
    [Required(ErrorMessage = "Name the repositories, or none with an empty list."), MaxLength(5000, ErrorMessage = "Name 5000 repositories at most.")]
    public IReadOnlyList<Guid>? RepositoryIds { get; init; }
}

internal sealed record TeamServicesBody
{
    [Required(ErrorMessage = "Name the services, or none with an empty list."), MaxLength(5000, ErrorMessage = "Name 5000 services at most.")]
    public IReadOnlyList<Guid>? ServiceIds { get; init; }
}
