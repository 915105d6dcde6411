using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Incidents and the releases that brought them.</summary>
internal static class Incidents
{
    public static void MapIncidents(this RouteGroupBuilder v1)
    {
        var incidents = v1.MapOrganizationGroup("/incidents").WithTags("Incidents");
        incidents.MapGet("/", ListAsync).WithSummary("Incidents, newest first");
        incidents.MapGet("/{id:guid}", GetAsync).WithSummary("One incident");
        incidents.MapPost("/", EnterAsync).Requires(Permission.LinkIncidents).WithSummary("Enter an incident by hand");
        incidents.MapIncidentChanges();
        incidents.MapPost("/{id:guid}/resolve", ResolveAsync).Requires(Permission.LinkIncidents)
            .WithSummary("End an incident, now or at the given instant")
            .MayAnswer(409, "already_resolved", "This incident is resolved already.")
            .MayAnswer(409, "in_the_future", "An incident cannot be resolved in the future.");
        incidents.MapPost("/{id:guid}/link", LinkAsync).Requires(Permission.LinkIncidents)
            .WithSummary("Say which deployment brought it; kept against what the rules find")
            .MayAnswer(409, "started_after_incident",
                "This deployment started after the incident. To link it anyway, use force.")
            .MayAnswer(409, "other_service",
                "This deployment belongs to another service than the incident. To link it anyway, use force.");
        incidents.MapPost("/{id:guid}/unlink", UnlinkAsync).Requires(Permission.LinkIncidents)
            .WithSummary("Say that no deployment brought it; kept against what the rules find");
        incidents.MapIncidentMerges();
    }

    private static Task<Page<IncidentItems.Item>> ListAsync(
        [AsParameters] IncidentQuery query, [AsParameters] SeverityQuery which, [AsParameters] Paging paging, CurrentOrganization organization,
        IncidentItems items, CancellationToken cancellation) =>
        items.AskAsync(
            period: null, new Filter(organization.Id, query.RepoId, query.ServiceId, TeamId: query.TeamId),
            new IncidentItems.Selection(query.IsOpen, query.Linked, which.Parsed, IsAnywhere: true) { Since = query.From, Part = TextPart.Of(query.Text) },
            paging.Request, cancellation);

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> GetAsync(
        Guid id, CurrentOrganization organization, IncidentItems items, CancellationToken cancellation) =>
        await items.FindAsync(organization.Id, id, cancellation) is { } item ? TypedResults.Ok(item) : TypedResults.NotFound();

    private static async Task<Created<IncidentItems.Item>> EnterAsync(
        IncidentBody body, ClaimsPrincipal caller, CurrentOrganization organization, IncidentBook book, IncidentItems items,
        CancellationToken cancellation)
    {
        var made = await book.EnterAsync(MemberOf(caller, organization), body.Entry, cancellation);
        return TypedResults.Created($"/api/v1/incidents/{made.Id}", await items.FindAsync(organization.Id, made.Id, cancellation));
    }

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> ResolveAsync(
        Guid id, ResolveBody? body, ClaimsPrincipal caller, CurrentOrganization organization, IncidentBook book, IncidentItems items,
        CancellationToken cancellation)
    {
        await book.ResolveAsync(MemberOf(caller, organization), id, body?.ResolvedAt, cancellation);
        return await GetAsync(id, organization, items, cancellation);
    }

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> LinkAsync(
        Guid id, LinkBody body, ClaimsPrincipal caller, CurrentOrganization organization, IncidentBook book, IncidentItems items,
        CancellationToken cancellation)
    {
        await book.LinkAsync(MemberOf(caller, organization), id, body.DeploymentId!.Value, body.Force, cancellation);
        return await GetAsync(id, organization, items, cancellation);
    }

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> UnlinkAsync(
        Guid id, ClaimsPrincipal caller, CurrentOrganization organization, IncidentBook book, IncidentItems items, CancellationToken cancellation)
    {
        await book.UnlinkAsync(MemberOf(caller, organization), id, cancellation);
        return await GetAsync(id, organization, items, cancellation);
    }

    private static IncidentBook.Member MemberOf(ClaimsPrincipal caller, CurrentOrganization organization) =>
        new(organization.Id, caller.RequiredCallerId());
}

internal sealed record IncidentQuery
{
    [FromQuery(Name = "repo_id"), IdOf<Repository>("repository")]
    public Guid? RepoId { get; init; }

    [FromQuery(Name = "service_id"), IdOf<Service>("service")]
    public Guid? ServiceId { get; init; }

    /// <summary>Only those that started at this instant or later.</summary>
    [FromQuery(Name = "since")]
    public DateTimeOffset? Since { get; init; }

    /// <summary>Part of the title.</summary>
    [FromQuery(Name = "q"), StringLength(200, ErrorMessage = "Use 200 characters at most.")]
    public string? Text { get; init; }

    public DateTimeOffset? From => Since?.ToUniversalTime();

    /// <summary>Of what this team's services are affected by.</summary>
    [FromQuery(Name = "team_id"), IdOf<Team>("team", OrNone = true)]
    public Guid? TeamId { get; init; }

    /// <summary><c>open</c> or <c>resolved</c>; both when left out.</summary>
    [FromQuery(Name = "status")]
    [AllowedValues(null, "open", "resolved", ErrorMessage = "Choose open or resolved.")]
    public string? Status { get; init; }

    /// <summary>Whether a deployment is known to have brought it; both when left out.</summary>
    [FromQuery(Name = "linked")]
    public bool? Linked { get; init; }

    public bool? IsOpen => Status is null ? null : Status == "open";
}

internal sealed record IncidentBody
{
    [Required(ErrorMessage = "Give the incident a title."), StringLength(300, ErrorMessage = "Use 300 characters at most.")]
    public string? Title { get; init; }

    public IncidentSeverity? Severity { get; init; }

    /// <summary>The affected service; left out when unknown.</summary>
    public Guid? ServiceId { get; init; }

    /// <summary>The affected environment; production when left out.</summary>
    [StringLength(255)]
    public string? Environment { get; init; }

    [Required(ErrorMessage = "Say when it started.")]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Left out while it lasts.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>A commit or a deployment's address known to have brought it.</summary>
    [StringLength(1000)]
    public string? NamedCause { get; init; }

    [Url(ErrorMessage = "Write the address as https://…"), StringLength(1000)]
    public string? Url { get; init; }

    internal IncidentBook.Entry Entry => new(Title!, Severity, ServiceId, Environment, StartedAt!.Value, ResolvedAt, NamedCause, Url);
}

internal sealed record ResolveBody(DateTimeOffset? ResolvedAt);

internal sealed record LinkBody
{
    [Required(ErrorMessage = "Name the deployment.")]
    public Guid? DeploymentId { get; init; }

    /// <summary>Link it although it started after the incident or belongs to another service.</summary>
    public bool Force { get; init; }
}
