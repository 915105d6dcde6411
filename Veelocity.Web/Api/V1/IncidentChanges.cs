using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api.V1;

/// <summary>Changing, reopening and deleting incidents, and leaving their cause to the rules again.</summary>
internal static class IncidentChanges
{
    public static void MapIncidentChanges(this RouteGroupBuilder incidents)
    {
        incidents.MapPatch("/{id:guid}", EditAsync).Requires(Permission.LinkIncidents)
            .WithSummary("Change an incident")
            .WithDescription("Only the fields you send change; null clears one. What you set stays through every sync.");
        incidents.MapDelete("/{id:guid}", DeleteAsync).Requires(Permission.LinkIncidents)
            .WithSummary("Delete an incident that was reported manually")
            .WithDescription("One that was found in a channel would come back with the next sync: exclude it from the metrics instead.")
            .MayAnswer(409, "detected", "The incident was found in a channel.");
        incidents.MapPost("/{id:guid}/reopen", ReopenAsync).Requires(Permission.LinkIncidents)
            .WithSummary("Reopen a resolved incident")
            .MayAnswer(409, "already_open", "This incident is open already.");
        incidents.MapPost("/{id:guid}/automatic-link", LinkByRuleAsync).Requires(Permission.LinkIncidents)
            .WithSummary("Return to automatic linking: the rules find the deployment that caused it");
    }

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> EditAsync(
        Guid id, IncidentPatch body, ClaimsPrincipal caller, CurrentOrganization organization, VeelocityDb db,
        IncidentBook book,
        IncidentItems items, CancellationToken cancellation)
    {
        if (await db.Incidents.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellation) is not { } incident)
            return TypedResults.NotFound();
        await book.EditAsync(new(organization.Id, caller.RequiredCallerId()), id, body.Over(incident), cancellation);
        return await AnswerAsync(id, organization, items, cancellation);
    }

    private static async Task<NoContent> DeleteAsync(
        Guid id, ClaimsPrincipal caller, CurrentOrganization organization, IncidentBook book,
        CancellationToken cancellation)
    {
        await book.DeleteAsync(new(organization.Id, caller.RequiredCallerId()), id, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> ReopenAsync(
        Guid id, ClaimsPrincipal caller, CurrentOrganization organization, IncidentBook book, IncidentItems items,
        CancellationToken cancellation)
    {
        await book.ReopenAsync(new(organization.Id, caller.RequiredCallerId()), id, cancellation);
        return await AnswerAsync(id, organization, items, cancellation);
    }

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> LinkByRuleAsync(
        Guid id, ClaimsPrincipal caller, CurrentOrganization organization, IncidentBook book, IncidentItems items,
        CancellationToken cancellation)
    {
        await book.LinkByRuleAsync(new(organization.Id, caller.RequiredCallerId()), id, cancellation);
        return await AnswerAsync(id, organization, items, cancellation);
    }

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> AnswerAsync(
        Guid id, CurrentOrganization organization, IncidentItems items, CancellationToken cancellation) =>
        await items.FindAsync(organization.Id, id, cancellation) is { } item
            ? TypedResults.Ok(item)
            : TypedResults.NotFound();
}

/// <summary>The fields of an incident to change; null clears one.</summary>
internal sealed record IncidentPatch : PatchBody, IValidatableObject
{
    [StringLength(300, ErrorMessage = "Use 300 characters at most.")]
    public string? Title { get; init => field = Sent(value); }

    public IncidentSeverity? Severity { get; init => field = Sent(value); }

    /// <summary>The affected service.</summary>
    public Guid? ServiceId { get; init => field = Sent(value); }

    /// <summary>The affected environment; null for production.</summary>
    [StringLength(255)]
    public string? Environment { get; init => field = Sent(value); }

    public DateTimeOffset? StartedAt { get; init => field = Sent(value); }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; init => field = Sent(value); }

    /// <summary>A commit or a deployment's address known to have caused it.</summary>
    [StringLength(1000)]
    public string? NamedCause { get; init => field = Sent(value); }

    [Url(ErrorMessage = "Write the address as https://…"), StringLength(1000)]
    public string? Url { get; init => field = Sent(value); }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Has(nameof(Title)) && string.IsNullOrWhiteSpace(Title))
            yield return new("Give the incident a title.", [nameof(Title)]);
        if (Has(nameof(StartedAt)) && StartedAt is null) yield return new("Say when it started.", [nameof(StartedAt)]);
    }

    public IncidentBook.Entry Over(Incident before) => new(
        Or(Title, before.Title, nameof(Title))!,
        Or(Severity, before.Severity, nameof(Severity)),
        Or(ServiceId, before.ServiceId, nameof(ServiceId)),
        Or(Environment, before.Environment, nameof(Environment)),
        Or(StartedAt, before.StartedAt, nameof(StartedAt))!.Value.ToUniversalTime(),
        Or(ResolvedAt, before.ResolvedAt, nameof(ResolvedAt))?.ToUniversalTime(),
        Or(NamedCause, before.NamedCause, nameof(NamedCause)),
        Or(Url, before.Url, nameof(Url)));
}
