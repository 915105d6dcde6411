using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Veelocity.Web.Linking.Issues;
using Veelocity.Web.Metrics.Planning;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api.V1;

/// <summary>One issue, cycle or project with what became of it, and the ties between issues and pull requests.</summary>
internal static class Planning
{
    public static void MapPlanning(this RouteGroupBuilder v1)
    {
        v1.MapOrganizationGroup("/issues").WithTags("Planning").MapGet("/{id:guid}", IssueAsync).WithExample(PlanningExamples.Issue)
            .WithSummary("The life of one issue: its states, how long each took, and the pull requests that are work on it")
            .WithDescription("cycle_seconds runs from its creation to the merge of its last pull request, work_seconds from started to completed; null until then. 404 when the organization has no such issue.");
        v1.MapOrganizationGroup("/cycles").WithTags("Planning").MapGet("/{id:guid}", CycleAsync).WithExample(PlanningExamples.Cycle)
            .WithSummary("One cycle: scope, completed, and what was added after the start, day by day")
            .WithDescription("Counted as the issue tracker recorded it at the end of each day. standing is one of planned, running, over. 404 when the organization has no such cycle.");
        v1.MapOrganizationGroup("/projects").WithTags("Planning").MapGet("/{id:guid}", ProjectAsync).WithExample(PlanningExamples.Project)
            .WithSummary("One project: scope and completed, week by week")
            .WithDescription("Counted in the issues that are in it now; canceled and duplicate ones leave the scope when they end. 404 when the organization has no such project.");

        var changes = v1.MapOrganizationGroup("/changes/{id:guid}/issues").WithTags("Planning");
        changes.MapPost("/", TieAsync).Requires(Permission.LinkIssues).WithSummary("Says that a pull request is work on an issue")
            .WithDescription("identifier as people write it, such as ENG-123. What is tied by hand stays tied. 404 for an unknown pull request, 422 for an unknown issue.");
        changes.MapDelete("/{issueId:guid}", UntieAsync).Requires(Permission.LinkIssues).WithSummary("Says that a pull request is no work on an issue; it is not found again")
            .WithDescription("404 when they are not tied.");
    }

    private static async Task<Results<Ok<IssueLife.Life>, NotFound>> IssueAsync(
        Guid id, CurrentOrganization organization, IssueLife lives, CancellationToken cancellation) =>
        await lives.FindAsync(organization.Id, id, cancellation) is { } life ? TypedResults.Ok(life) : TypedResults.NotFound();

    private static async Task<Results<Ok<Cycles.Life>, NotFound>> CycleAsync(
        Guid id, CurrentOrganization organization, Cycles cycles, CancellationToken cancellation) =>
        await cycles.FindAsync(organization.Id, id, cancellation) is { } life ? TypedResults.Ok(life) : TypedResults.NotFound();

    private static async Task<Results<Ok<Projects.Life>, NotFound>> ProjectAsync(
        Guid id, CurrentOrganization organization, Projects projects, CancellationToken cancellation) =>
        await projects.FindAsync(organization.Id, id, cancellation) is { } life ? TypedResults.Ok(life) : TypedResults.NotFound();

    private static async Task<NoContent> TieAsync(
        Guid id, TieBody body, ClaimsPrincipal caller, CurrentOrganization organization, IssueDecisions decisions, CancellationToken cancellation)
    {
        await decisions.TieAsync(organization.Id, caller.RequiredCallerId(), id, body.Identifier, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> UntieAsync(
        Guid id, Guid issueId, ClaimsPrincipal caller, CurrentOrganization organization, IssueDecisions decisions, CancellationToken cancellation)
    {
        await decisions.RefuseAsync(organization.Id, caller.RequiredCallerId(), id, issueId, cancellation);
        return TypedResults.NoContent();
    }
}

internal sealed record TieBody
{
    /// <summary>The issue's name, such as <c>ENG-123</c>, or its address.</summary>
    [Required(ErrorMessage = "Name the issue, such as ENG-123.")]
    public string? Identifier { get; init; }
}
