using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Audit;

/// <summary>Which entries are asked for; what is null does not matter.</summary>
/// <param name="From">The first day, in the organization's time zone.</param>
/// <param name="To">The last day.</param>
/// <param name="Text">Part of what it was done to, of the detail, the actor; or the address.</param>
public sealed record AuditFilter(Guid? ActorUserId = null, AuditGroup? Group = null, DateOnly? From = null, DateOnly? To = null, string? Text = null)
{
    public bool IsEmpty => this == new AuditFilter();

    /// <summary>The entries that fit, newest first.</summary>
    public IQueryable<AuditEntry> Of(IQueryable<AuditEntry> entries, TimeZoneInfo zone)
    {
        if (ActorUserId is { } actor) entries = entries.Where(e => e.ActorUserId == actor);
        if (Group?.Actions() is { } actions) entries = entries.Where(e => actions.Contains(e.Action));
        if (StartOf(From, zone) is { } since) entries = entries.Where(e => e.At >= since);
        if (To < DateOnly.MaxValue && StartOf(To.Value.AddDays(1), zone) is { } until) entries = entries.Where(e => e.At < until);
        if (Text is { Length: > 0 } text)
        {
            _ = IPAddress.TryParse(text, out var address);
            var part = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            entries = entries.Where(e => EF.Functions.ILike(e.Subject, part, "\\") || EF.Functions.ILike(e.Detail!, part, "\\") || EF.Functions.ILike(e.Actor, part, "\\")
                || (address != null && e.Address!.Equals(address)));
        }
        return entries.OrderByDescending(e => e.Number).ThenByDescending(e => e.Id);
    }

    private static DateTimeOffset? StartOf(DateOnly? day, TimeZoneInfo zone)
    {
        if (day is not { Year: > 1 and < 9999 }) return null;
        var midnight = day.Value.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
