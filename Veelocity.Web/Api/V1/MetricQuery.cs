using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Metrics;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api.V1;

/// <summary>What a DORA metric is asked about, and by which clock.</summary>
internal sealed record MetricQuery : ScopeQuery
{
    /// <summary>"calendar" (the default) or "working": the organization's working hours only, without bands.</summary>
    [FromQuery(Name = "clock")]
    [AllowedValues(null, "calendar", "working", ErrorMessage = "The clock is calendar or working.")]
    public string? Clock { get; init; }

    public override Filter FilterIn(CurrentOrganization organization) =>
        base.FilterIn(organization) with { Working = ClockIn(organization, Clock) };

    /// <summary>Null for calendar time.</summary>
    public static WorkingTime? ClockIn(CurrentOrganization organization, string? clock) => clock == "working"
        ? new WorkingTime(organization.WorkingHours, TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone))
        : null;
}

/// <summary>By what a DORA metric is grouped; by time when left out.</summary>
internal sealed record GroupQuery
{
    public const string ByRepository = "repo", ByTeam = "team", ByService = "service";

    [FromQuery(Name = "group_by")]
    [AllowedValues(null, "day", "week", "month", ByRepository, ByTeam, ByService, ErrorMessage = "Group by day, week, month, repo, team or service.")]
    public string? GroupBy { get; init; }

    public Grouping TimeOf(Period period) => Grouping.Parse(GroupBy) ?? Grouping.For(period);
}

/// <summary>For how long after a deployment an incident is laid to it (M22).</summary>
internal sealed record WindowQuery
{
    /// <summary>In hours; the organization's own setting when left out.</summary>
    [FromQuery(Name = "window_hours"), Range(1, 720, ErrorMessage = "Use 1 to 720 hours.")]
    public int? WindowHours { get; init; }
}
