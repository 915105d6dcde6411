using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>What members decided about rows of the metrics, against what the rules say.</summary>
internal static class MetricDecisionsApi
{
    public static void MapMetricDecisions(this RouteGroupBuilder v1)
    {
        var decisions = v1.MapOrganizationGroup("/metrics/decisions").WithTags("Metric decisions");
        decisions.MapGet("/", ListAsync).WithSummary("Rows that members left out of the metrics or counted, newest first; also what was taken back");
        decisions.MapPost("/", DecideAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Leave a row out of the metrics, or count a pull request that a rule left out; the metrics follow at once");
        decisions.MapDelete("/{id:guid}", TakeBackAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Take a decision back; it stays in the list with who and when");
    }

    private static Task<Page<DecisionList.Item>> ListAsync(
        [AsParameters] DecisionQuery query, [AsParameters] Paging paging, CurrentOrganization organization, DecisionList list, CancellationToken cancellation) =>
        list.AskAsync(organization.Id, query.Holds, paging.Request, cancellation);

    private static async Task<Created<DecisionList.Item>> DecideAsync(
        DecisionBody body, ClaimsPrincipal caller, CurrentOrganization organization, MetricDecisions decisions, DecisionList list, CancellationToken cancellation)
    {
        var made = await decisions.DecideAsync(
            organization.Id, caller.RequiredCallerId(), new(body.Subject!.Value, body.SubjectId!.Value, body.Verdict ?? DecisionVerdict.Exclude, body.Reason), cancellation);
        return TypedResults.Created($"/api/v1/metrics/decisions/{made.Id}", await list.FindAsync(organization.Id, made.Id, cancellation));
    }

    private static async Task<Results<NoContent, NotFound>> TakeBackAsync(
        Guid id, ClaimsPrincipal caller, CurrentOrganization organization, MetricDecisions decisions, CancellationToken cancellation) =>
        await decisions.TakeBackAsync(organization.Id, caller.RequiredCallerId(), id, cancellation) is null ? TypedResults.NotFound() : TypedResults.NoContent();
}

internal sealed record DecisionQuery
{
    /// <summary><c>holds</c> or <c>taken_back</c>; both when left out.</summary>
    [FromQuery(Name = "status")]
    [AllowedValues(null, "holds", "taken_back", ErrorMessage = "Choose holds or taken_back.")]
    public string? Status { get; init; }

    public bool? Holds => Status is null ? null : Status == "holds";
}

internal sealed record DecisionBody
{
    [Required(ErrorMessage = "Say what it is about: pull_request, deployment or incident.")]
    public DecisionSubject? Subject { get; init; }

    /// <summary>Its id, as the metrics' items tell it.</summary>
    [Required(ErrorMessage = "Name the row.")]
    public Guid? SubjectId { get; init; }

    /// <summary><c>exclude</c> when left out; <c>include</c> for a pull request that a rule left out.</summary>
    public DecisionVerdict? Verdict { get; init; }

    [Required(ErrorMessage = "Say why, so that others can follow."), StringLength(MetricDecision.LongestReason, ErrorMessage = "Use 500 characters at most.")]
    public string? Reason { get; init; }
}
