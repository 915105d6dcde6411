using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Teams, projects and cycles that were read from Linear.</summary>
internal static class LinearPlans
{
    public static void MapLinearTeams(this RouteGroupBuilder linear) =>
        linear.MapGet("/teams", TeamsAsync).WithExample(new Page<LinearTeamAnswer>([LinearTeamAnswer.Example], 1, 50, 1)).WithSummary("Teams, by key");

    public static void MapLinearProjects(this RouteGroupBuilder linear) =>
        linear.MapGet("/projects", ProjectsAsync).WithExample(new Page<LinearProjectAnswer>([LinearProjectAnswer.Example], 1, 50, 1))
            .WithSummary("Projects, the last changed first; since is about the last change");

    public static void MapLinearCycles(this RouteGroupBuilder linear) =>
        linear.MapGet("/cycles", CyclesAsync).WithExample(new Page<LinearCycleAnswer>([LinearCycleAnswer.Example], 1, 50, 1))
            .WithSummary("Cycles, the latest first; since is about the end");

    private static Task<Page<LinearTeamAnswer>> TeamsAsync([AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.IssueTeams.AsNoTracking().OrderBy(t => t.Key).ThenBy(t => t.Id)
                .Select(t => new LinearTeamAnswer(
                    t.Id, t.ExternalId, t.Key, t.Name, t.IsPrivate, t.HasCycles, t.EstimateScale, t.MemberAccountIds.Length, db.Issues.Count(i => i.IssueTeamId == t.Id && !i.IsTrashed), t.ArchivedAt)),
            cancellation);

    private static Task<Page<LinearProjectAnswer>> ProjectsAsync([AsParameters] LinearProjectQuery query, [AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.Projects.AsNoTracking()
                .Where(p => query.TeamId == null || p.IssueTeamIds.Contains(query.TeamId.Value))
                .Where(p => query.State == null || p.StatusType == query.State)
                .Where(p => query.From == null || p.UpdatedAt >= query.From)
                .OrderByDescending(p => p.UpdatedAt).ThenBy(p => p.Id)
                .Select(p => new LinearProjectAnswer(
                    p.Id, p.ExternalId, p.Name, p.Url, p.StatusName, p.StatusType, p.Health, db.Accounts.First(a => a.Id == p.LeadAccountId).Login, p.IssueTeamIds,
                    p.StartDate, p.TargetDate, p.StartedAt, p.CompletedAt, p.CanceledAt, p.ArchivedAt)),
            cancellation);

    private static Task<Page<LinearCycleAnswer>> CyclesAsync([AsParameters] LinearCycleQuery query, [AsParameters] Paging paging, VeelocityDb db, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return paging.ReadAsync(
            db.Cycles.AsNoTracking()
                .Where(c => query.TeamId == null || c.IssueTeamId == query.TeamId)
                .Where(c => query.State == null || (c.StartsAt > now ? LinearCycleQuery.Upcoming : c.EndsAt <= now ? LinearCycleQuery.Past : LinearCycleQuery.Active) == query.State)
                .Where(c => query.From == null || c.EndsAt >= query.From)
                .OrderByDescending(c => c.StartsAt).ThenBy(c => c.Id)
                .Select(c => new LinearCycleAnswer(
                    c.Id, c.ExternalId, c.IssueTeamId, c.Number, c.Name, c.StartsAt, c.EndsAt, c.CompletedAt, c.ScopeByDay, c.CompletedScopeByDay, c.IssuesByDay, c.CompletedIssuesByDay)),
            cancellation);
    }
}

/// <summary>The filters that lists from Linear take. An id that is not of this organization finds nothing.</summary>
internal record LinearQuery
{
    [FromQuery(Name = "team_id"), IdOf<IssueTeam>("team")]
    public Guid? TeamId { get; init; }

    /// <summary>Only what is not older; ISO 8601, UTC when it names no offset.</summary>
    [FromQuery(Name = "since")]
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? From => Since?.ToUniversalTime();
}

internal sealed record LinearProjectQuery : LinearQuery
{
    /// <summary>The type of the status: backlog, planned, started, paused, completed or canceled.</summary>
    [FromQuery(Name = "state")]
    [AllowedValues(null, "backlog", "planned", "started", "paused", "completed", "canceled",
        ErrorMessage = "Choose backlog, planned, started, paused, completed or canceled.")]
    public string? State { get; init; }
}

internal sealed record LinearCycleQuery : LinearQuery
{
    public const string Upcoming = "upcoming";
    public const string Active = "active";
    public const string Past = "past";

    [FromQuery(Name = "state")]
    [AllowedValues(null, Upcoming, Active, Past, ErrorMessage = "Choose upcoming, active or past.")]
    public string? State { get; init; }
}

/// <param name="Key">Starts the identifiers of its issues.</param>
/// <param name="EstimateScale">Linear's word for its scale of estimates.</param>
internal sealed record LinearTeamAnswer(
    Guid Id, string ExternalId, string Key, string Name, bool Private, bool Cycles, string? EstimateScale, int Members, int Issues, DateTimeOffset? ArchivedAt)
{
    public static readonly Guid ExampleId = new("3b9f2f4e-5d5f-8a61-9a77-0a4be1d4b3a2");

    public static readonly LinearTeamAnswer Example = new(ExampleId, "9cfb482a-81e3-4154-b5b9-2c805e70a02d", "ENG", "Engineering", Private: false, Cycles: true, "fibonacci", 9, 812, null);
}

/// <param name="State">backlog, planned, started, paused, completed or canceled; Linear may add others.</param>
internal sealed record LinearProjectAnswer(
    Guid Id, string ExternalId, string Name, string Url, string Status, string State, string? Health, string? Lead, IReadOnlyList<Guid> TeamIds, DateOnly? StartDate, DateOnly? TargetDate,
    DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, DateTimeOffset? CanceledAt, DateTimeOffset? ArchivedAt)
{
    public static readonly LinearProjectAnswer Example = new(
        new("62a3c1d5-1f4e-8b3c-9d21-0a4be1d4b3a3"), "b1a0f6f4-3c50-4a6e-9d0c-5b1a3f7a9d10", "Faster checkout", "https://linear.app/acme/project/faster-checkout-1a2b", "In Progress", "started", "onTrack", "ada",
        [LinearTeamAnswer.ExampleId], new(2026, 9, 1), new(2026, 11, 30), RepoAnswer.ExampleAt.AddDays(-60), null, null, null);
}

/// <param name="ScopeByDay">Points in it at the end of each day, first day first, in the team's scale.</param>
internal sealed record LinearCycleAnswer(
    Guid Id, string ExternalId, Guid TeamId, int Number, string? Name, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset? CompletedAt,
    IReadOnlyList<double> ScopeByDay, IReadOnlyList<double> CompletedScopeByDay, IReadOnlyList<double> IssuesByDay, IReadOnlyList<double> CompletedIssuesByDay)
{
    public static readonly LinearCycleAnswer Example = new(
        new("7c1d2e3f-2a5b-8c4d-8e12-0a4be1d4b3a4"), "c9d4e7a1-6f25-4d8e-8a3b-7e5d1f0c2b34", LinearTeamAnswer.ExampleId, 42, null, RepoAnswer.ExampleAt.AddDays(-10), RepoAnswer.ExampleAt.AddDays(4), null,
        [21, 21, 24], [0, 3, 8], [9, 9, 10], [0, 1, 3]);
}
