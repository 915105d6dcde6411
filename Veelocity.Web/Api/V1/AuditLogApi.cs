using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Who did what in an organization, when and from where; and whether that log is as it was written.</summary>
internal static class AuditLogApi
{
    private static readonly AuditAnswer Example = new(
        Guid.Parse("019a0000-0000-7000-8000-0000000000a1"), 42, new DateTimeOffset(2026, 11, 1, 9, 30, 0, TimeSpan.Zero), Guid.Parse("019a0000-0000-7000-8000-000000000001"),
        "Ada Lovelace", AuditAction.MemberRoleChanged, AuditGroup.Members, "grace@example.com", "From Viewer to Manager.", AuditChannel.Page, "203.0.113.7",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");

    public static void MapAuditLog(this RouteGroupBuilder organization)
    {
        organization.MapGet("/audit-log", ListAsync).Requires(Permission.SeeAuditLog)
            .Produces<Page<AuditAnswer>>().OffersCsv().WithExample(new Page<AuditAnswer>([Example], 1, 50, 1))
            .WithSummary("Who did what, when and from where, newest first; CSV with Accept: text/csv")
            .WithDescription("Days are read in the organization's time zone, the last included. number counts the organization's entries without a gap; hash covers the entry and the hash before it.");
        organization.MapGet("/audit-log/order", OrderAsync).Requires(Permission.SeeAuditLog)
            .WithExample(new OrderAnswer(true, 42, 42, Example.Hash, null, null))
            .WithSummary("Whether the audit log is as it was written, and where it stands")
            .WithDescription("broken_at is the first entry that was changed, taken out or put in; null while intact. Keep number and hash elsewhere: a later log must still hold that entry with that hash.");
    }

    private static async Task<IResult> ListAsync(
        string id, [AsParameters] AuditQuery query, [AsParameters] Paging paging, HttpRequest request, VeelocityDb db, CurrentOrganization current, CancellationToken cancellation)
    {
        var found = query.Filter.Of(db.AuditEntries.AsNoTracking(), TimeZoneInfo.FindSystemTimeZoneById(current.TimeZone));
        if (request.WantsCsv()) return await CsvAnswer.OfAsync($"audit-log-{current.Slug}", (await found.ToListAsync(cancellation)).Select(AuditRow.Of), cancellation);
        var page = await paging.ReadAsync(found, cancellation);
        return Results.Ok(new Page<AuditAnswer>([.. page.Items.Select(AuditAnswer.Of)], page.Number, page.PerPage, page.Total));
    }

    private static async Task<OrderAnswer> OrderAsync(string id, AuditOrder order, CurrentOrganization current, CancellationToken cancellation)
    {
        var standing = await order.CheckAsync(current.Id, cancellation);
        return new OrderAnswer(standing.IsIntact, standing.Entries, standing.Number, standing.Hash, standing.BrokenAt, standing.Problem);
    }
}

internal sealed record AuditQuery : IValidatableObject
{
    /// <summary>What this member did.</summary>
    [FromQuery(Name = "user_id"), MemberId]
    public Guid? UserId { get; init; }

    /// <summary>One of organization, members, tokens, connectors, rules, decisions, teams, incidents, issues.</summary>
    [FromQuery(Name = "group")]
    [AllowedValues(
        null, "organization", "members", "tokens", "connectors", "rules", "decisions", "teams", "incidents", "issues",
        ErrorMessage = "Choose organization, members, tokens, connectors, rules, decisions, teams, incidents or issues.")]
    public string? Group { get; init; }

    [FromQuery(Name = "start_date")]
    public DateOnly? StartDate { get; init; }

    [FromQuery(Name = "end_date")]
    public DateOnly? EndDate { get; init; }

    /// <summary>Part of the subject, the detail, the actor or the address.</summary>
    [FromQuery(Name = "q"), StringLength(200, ErrorMessage = "Use 200 characters at most.")]
    public string? Text { get; init; }

    internal AuditFilter Filter => new(UserId, Group is null ? null : Enum.Parse<AuditGroup>(Group, ignoreCase: true), StartDate, EndDate, Text?.Trim());

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StartDate > EndDate) yield return new ValidationResult("The period ends before it starts.", [nameof(EndDate)]);
    }
}

/// <param name="UserId">Null for what Veelocity did by itself.</param>
/// <param name="Actor">The actor's name as it was then, and the API token where one was used.</param>
internal sealed record AuditAnswer(
    Guid Id, long Number, DateTimeOffset At, Guid? UserId, string Actor, AuditAction Action, AuditGroup Group, string Subject, string? Detail, AuditChannel Channel,
    string? Address, string Hash)
{
    public static AuditAnswer Of(AuditEntry entry) => new(
        entry.Id, entry.Number, entry.At, entry.ActorUserId, entry.Actor, entry.Action, entry.Action.Group(), entry.Subject, entry.Detail, entry.Channel,
        entry.Address?.ToString(), Convert.ToHexStringLower(entry.Hash));
}

/// <param name="BrokenAt">The number of the first entry that is not as it was written; null while the order is intact.</param>
internal sealed record OrderAnswer(bool Intact, long Entries, long Number, string? Hash, long? BrokenAt, string? Problem);
