using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Metrics;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api.V1;

/// <summary>What a metric is asked about. Dates are days in the organization's time zone, the end inclusive; the last 30 days by default.</summary>
internal sealed record MetricQuery : IValidatableObject
{
    public const string ByRepository = "repo", ByTeam = "team";
    private const int DefaultDays = 30;

    [FromQuery(Name = "start_date")]
    public DateOnly? StartDate { get; init; }

    [FromQuery(Name = "end_date")]
    public DateOnly? EndDate { get; init; }

    [FromQuery(Name = "repo_id")]
    public Guid? RepoId { get; init; }

    [FromQuery(Name = "service_id")]
    public Guid? ServiceId { get; init; }

    /// <summary>What is this team's: its services, for DORA. The zero id asks for what no team owns.</summary>
    [FromQuery(Name = "team_id")]
    public Guid? TeamId { get; init; }

    /// <summary>An environment's name; production when left out.</summary>
    [FromQuery(Name = "environment"), StringLength(255)]
    public string? Environment { get; init; }

    [FromQuery(Name = "group_by")]
    [AllowedValues(null, "day", "week", "month", ByRepository, ByTeam, ErrorMessage = "Group by day, week, month, repo or team.")]
    public string? GroupBy { get; init; }

    /// <summary>"calendar" (the default) or "working": the organization's working hours only, without bands.</summary>
    [FromQuery(Name = "clock")]
    [AllowedValues(null, "calendar", "working", ErrorMessage = "The clock is calendar or working.")]
    public string? Clock { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StartDate > EndDate)
            yield return new ValidationResult("The period ends before it starts.", [nameof(EndDate)]);
        if (EndDate?.DayNumber - StartDate?.DayNumber >= Period.LongestDays)
            yield return new ValidationResult($"Ask for {Period.LongestDays} days at most.", [nameof(StartDate)]);
        if (StartDate is { Year: < 1990 or > 2200 } || EndDate is { Year: < 1990 or > 2200 })
            yield return new ValidationResult("Ask for a year between 1990 and 2200.", [nameof(StartDate)]);
    }

    public Period PeriodIn(CurrentOrganization organization, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        if (StartDate is null && EndDate is null) return Period.LastDays(DefaultDays, zone, now);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var last = EndDate ?? (StartDate > today ? StartDate.Value : today);
        var first = StartDate ?? last.AddDays(1 - DefaultDays);
        if (last.DayNumber - first.DayNumber >= Period.LongestDays) last = first.AddDays(Period.LongestDays - 1);
        return new Period(first, last, zone, now);
    }

    public Filter FilterIn(CurrentOrganization organization) =>
        new(organization.Id, RepoId, ServiceId, string.IsNullOrWhiteSpace(Environment) ? null : Environment,
            Clock == "working" ? new WorkingTime(organization.WorkingHours, TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone)) : null,
            TeamId);
}
