using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api.V1;

/// <summary>
/// Which days, and whose deployments. Dates are days in the organization's time zone, the end inclusive; the last 30
/// days by default.
/// </summary>
internal record ScopeQuery : IValidatableObject
{
    private const int DefaultDays = 30;

    [FromQuery(Name = "start_date")]
    public DateOnly? StartDate { get; init; }

    [FromQuery(Name = "end_date")]
    public DateOnly? EndDate { get; init; }

    [FromQuery(Name = "repo_id"), IdOf<Repository>("repository")]
    public Guid? RepoId { get; init; }

    [FromQuery(Name = "service_id"), IdOf<Service>("service")]
    public Guid? ServiceId { get; init; }

    /// <summary>What is this team's: its services, for DORA. The zero id asks for what no team owns.</summary>
    [FromQuery(Name = "team_id"), IdOf<Team>("team", OrNone = true)]
    public Guid? TeamId { get; init; }

    /// <summary>An environment's name; production when left out.</summary>
    [FromQuery(Name = "environment"), EnvironmentName, StringLength(255)]
    public string? Environment { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StartDate > EndDate)
            yield return new ValidationResult("The period ends before it starts.", [nameof(EndDate)]);
        if (EndDate?.DayNumber - StartDate?.DayNumber >= Period.LongestDays)
            yield return new ValidationResult($"Ask for {Period.LongestDays} days at most.", [nameof(StartDate)]);
        foreach (var (day, name) in new[] { (StartDate, nameof(StartDate)), (EndDate, nameof(EndDate)) })
        {
            if (day is { Year: < 1990 or > 2200 })
                yield return new ValidationResult("Ask for a year between 1990 and 2200.", [name]);
        }
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

    public virtual Filter FilterIn(CurrentOrganization organization) =>
        new(organization.Id, RepoId, ServiceId, EnvironmentNameAttribute.Asked(Environment), TeamId: TeamId);
}
