using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Incidents that are one incident seen in several places.</summary>
internal static class IncidentMergesApi
{
    public static void MapIncidentMerges(this RouteGroupBuilder incidents)
    {
        incidents.MapGet("/{id:guid}/merged",
            ListAsync).WithSummary("The incidents merged into this one, oldest first");
        incidents.MapPost("/{id:guid}/merge", MergeAsync).Requires(Permission.LinkIncidents)
            .WithSummary("Merge an incident into another one, which then counts in its place");
        incidents.MapPost("/{id:guid}/split", SplitAsync).Requires(Permission.LinkIncidents)
            .WithSummary("Split an incident off the one it is merged into; no rule merges it again")
            .MayAnswer(409, "not_merged", "This incident isn't merged into another one.");
        incidents.MapPost("/{id:guid}/merge-by-rule", ByRuleAsync).Requires(Permission.LinkIncidents)
            .WithSummary("Undo a merge or a split: rules decide again")
            .MayAnswer(409, "not_merged", "No member merged or split this incident.");
    }

    private static async Task<Results<Ok<Page<IncidentItems.Item>>, NotFound>> ListAsync(
        Guid id, [AsParameters] Paging paging, CurrentOrganization organization, IncidentItems items,
            CancellationToken cancellation) =>
        await items.FindAsync(organization.Id, id, cancellation) is null ? TypedResults.NotFound()
        : TypedResults.Ok(await items.MergedIntoAsync(organization.Id, id, paging.Request, cancellation));

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> MergeAsync(
        Guid id, MergeIncidentBody body, ClaimsPrincipal caller, CurrentOrganization organization, IncidentMerges merges,
            IncidentItems items,
        CancellationToken cancellation)
    {
        await merges.MergeAsync(MemberOf(caller, organization), id, body.IntoId!.Value, cancellation);
        return await ItemAsync(id, organization, items, cancellation);
    }

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> SplitAsync(
        Guid id, ClaimsPrincipal caller, CurrentOrganization organization, IncidentMerges merges, IncidentItems items,
            CancellationToken cancellation)
    {
        await merges.SplitAsync(MemberOf(caller, organization), id, cancellation);
        return await ItemAsync(id, organization, items, cancellation);
    }

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> ByRuleAsync(
        Guid id, ClaimsPrincipal caller, CurrentOrganization organization, IncidentMerges merges, IncidentItems items,
            CancellationToken cancellation)
    {
        await merges.MergeByRuleAsync(MemberOf(caller, organization), id, cancellation);
        return await ItemAsync(id, organization, items, cancellation);
    }

    private static async Task<Results<Ok<IncidentItems.Item>, NotFound>> ItemAsync(
        Guid id, CurrentOrganization organization, IncidentItems items, CancellationToken cancellation) =>
        await items.FindAsync(organization.Id, id, cancellation) is { } item ? TypedResults.Ok(item)
            : TypedResults.NotFound();

    private static IncidentBook.Member MemberOf(ClaimsPrincipal caller, CurrentOrganization organization) =>
        new(organization.Id, caller.RequiredCallerId());
}

internal sealed record MergeIncidentBody
{
    /// <summary>The incident that it is merged into.</summary>
    [Required(ErrorMessage = "Name the incident to merge it into.")]
    public Guid? IntoId { get; init; }
}
