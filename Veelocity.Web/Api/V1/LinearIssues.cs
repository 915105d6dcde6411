using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Issues and when each passed its kinds of state. What is in Linear's bin is not among them.</summary>
internal static class LinearIssues
{
    public static void MapLinearIssues(this RouteGroupBuilder linear) =>
        linear.MapGet("/issues", ListAsync).WithExample(new Page<LinearIssueAnswer>([LinearIssueAnswer.Example], 1, 50, 1))
            .WithSummary("Issues, the last changed first; since is about the last change");

    private static Task<Page<LinearIssueAnswer>> ListAsync([AsParameters] LinearIssueQuery query, [AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.Issues.AsNoTracking()
                .Where(i => !i.IsTrashed)
                .Where(i => query.TeamId == null || i.IssueTeamId == query.TeamId)
                .Where(i => query.CycleId == null || i.CycleId == query.CycleId)
                .Where(i => query.ProjectId == null || i.ProjectId == query.ProjectId)
                .Where(i => query.State == null || i.StateType == query.State)
                .Where(i => query.Name == null || i.Identifier == query.Name || i.PreviousIdentifiers.Contains(query.Name))
                .Where(i => query.AssigneePattern == null || db.Accounts.Any(a => a.Id == i.AssigneeAccountId && EF.Functions.ILike(a.Login, query.AssigneePattern)))
                .Where(i => query.From == null || i.UpdatedAt >= query.From)
                .OrderByDescending(i => i.UpdatedAt).ThenBy(i => i.Id)
                .Select(i => new LinearIssueAnswer(
                    i.Id, i.ExternalId, i.Identifier, i.PreviousIdentifiers, i.IssueTeamId, i.Title, i.Url, i.StateName, i.StateType, i.Priority, i.Estimate, i.Labels,
                    db.Accounts.First(a => a.Id == i.AssigneeAccountId).Login, i.CycleId, i.ProjectId, i.CreatedAt, i.UpdatedAt, i.StartedAt, i.CompletedAt, i.CanceledAt, i.ArchivedAt)),
            cancellation);
}

internal sealed record LinearIssueQuery : LinearQuery
{
    [FromQuery(Name = "cycle_id"), IdOf<Cycle>("cycle")]
    public Guid? CycleId { get; init; }

    [FromQuery(Name = "project_id"), IdOf<Project>("project")]
    public Guid? ProjectId { get; init; }

    /// <summary>The type of the state: triage, backlog, unstarted, started, completed, canceled or duplicate.</summary>
    [FromQuery(Name = "state")]
    [AllowedValues(null, "triage", "backlog", "unstarted", "started", "completed", "canceled", "duplicate",
        ErrorMessage = "Choose triage, backlog, unstarted, started, completed, canceled or duplicate.")]
    public string? State { get; init; }

    /// <summary>Such as ENG-123, also one that it had in another team.</summary>
    [FromQuery(Name = "identifier"), StringLength(40)]
    public string? Identifier { get; init; }

    /// <summary>The display name in Linear, in any case.</summary>
    [FromQuery(Name = "assignee"), StringLength(100)]
    public string? Assignee { get; init; }

    public string? Name => string.IsNullOrWhiteSpace(Identifier) ? null : Identifier.Trim().ToUpperInvariant();

    /// <summary>The name as a pattern of ILIKE; null when none is asked for.</summary>
    public string? AssigneePattern => TextPart.Literal(Assignee);
}

/// <param name="PreviousIdentifiers">What it was called in the teams it was in before.</param>
/// <param name="State">triage, backlog, unstarted, started, completed, canceled or duplicate; Linear may add others.</param>
/// <param name="Priority">0 none, 1 urgent to 4 low.</param>
/// <param name="Estimate">In the team's scale; null when nobody estimated it.</param>
internal sealed record LinearIssueAnswer(
    Guid Id, string ExternalId, string Identifier, IReadOnlyList<string> PreviousIdentifiers, Guid TeamId, string Title, string Url, string StateName, string State, int Priority,
    double? Estimate, IReadOnlyList<string> Labels, string? Assignee, Guid? CycleId, Guid? ProjectId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt, DateTimeOffset? CanceledAt, DateTimeOffset? ArchivedAt)
{
    public static readonly LinearIssueAnswer Example = new(
        new("8d2e3f40-3b6c-8d5e-9f23-0a4be1d4b3a5"), "2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9", "ENG-123", ["OPS-7"], LinearTeamAnswer.ExampleId, "Show totals in the cart",
        "https://linear.app/acme/issue/ENG-123", "In Review", "started", 2, 3, ["Feature"], "ada", LinearCycleAnswer.Example.Id, LinearProjectAnswer.Example.Id, RepoAnswer.ExampleAt.AddDays(-6),
        RepoAnswer.ExampleAt, RepoAnswer.ExampleAt.AddDays(-2), null, null, null);
}
