using System.ComponentModel.DataAnnotations;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;

namespace Veelocity.Web.Pages.Incidents;

/// <summary>What a member types of an incident; times are by the organization's wall clock.</summary>
internal sealed class IncidentForm
{
    [Required(ErrorMessage = "Give the incident a title."), StringLength(300, ErrorMessage = "Use 300 characters at most."), Display(Name = "What happened")]
    public string Title { get; set; } = "";

    [Display(Name = "Severity")]
    public IncidentSeverity? Severity { get; set; }

    [Display(Name = "Affected service")]
    public Guid? ServiceId { get; set; }

    [Required(ErrorMessage = "Say when it started."), Display(Name = "Started")]
    public DateTime? StartedAt { get; set; }

    [Display(Name = "Ended")]
    public DateTime? ResolvedAt { get; set; }

    [StringLength(1000), Display(Name = "Known cause")]
    public string? NamedCause { get; set; }

    [Url(ErrorMessage = "Write the address as https://…"), StringLength(1000), Display(Name = "Link")]
    public string? Url { get; set; }

    public static IncidentForm Of(Incident incident, TimeZoneInfo zone) => new()
    {
        Title = incident.Title,
        Severity = incident.Severity,
        ServiceId = incident.ServiceId,
        StartedAt = Local(incident.StartedAt, zone),
        ResolvedAt = incident.ResolvedAt is { } at ? Local(at, zone) : null,
        NamedCause = incident.NamedCause,
        Url = incident.Url,
    };

    public IncidentBook.Entry EntryIn(TimeZoneInfo zone, string? environment) =>
        new(Title, Severity, ServiceId, environment, Instant(StartedAt!.Value, zone), ResolvedAt is { } at ? Instant(at, zone) : null, NamedCause, Url);

    private static DateTime Local(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    // A time that the clocks skipped is taken an hour later, as they were set.
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
