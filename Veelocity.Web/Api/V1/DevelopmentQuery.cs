using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api.V1;

/// <summary>What a development metric is asked about. Dates are days in the organization's time zone, the end inclusive; the last 30 days by default.</summary>
internal sealed record DevelopmentQuery : IValidatableObject
{
    public const string People = "people", Agents = "agents", Both = "both";

    [FromQuery(Name = "start_date")]
    public DateOnly? StartDate { get; init; }

    [FromQuery(Name = "end_date")]
    public DateOnly? EndDate { get; init; }

    [FromQuery(Name = "repo_id"), IdOf<Repository>("repository")]
    public Guid? RepoId { get; init; }

    [FromQuery(Name = "service_id"), IdOf<Service>("service")]
    public Guid? ServiceId { get; init; }

    /// <summary>The work of this team's members.</summary>
    [FromQuery(Name = "team_id"), IdOf<Team>("team", OrNone = true)]
    public Guid? TeamId { get; init; }

    /// <summary>The work of one person: 403 unless the organization lets you see their numbers.</summary>
    [FromQuery(Name = "developer_id"), IdOf<Person>("person")]
    public Guid? DeveloperId { get; init; }

    /// <summary>Whose pull requests: "people" (the default), "agents" (coding agents) or "both".</summary>
    [FromQuery(Name = "authors")]
    [AllowedValues(null, People, Agents, Both, ErrorMessage = "Authors are people, agents or both.")]
    public string? Authors { get; init; }

    /// <summary>"calendar" (the default) or "working": the organization's working hours only.</summary>
    [FromQuery(Name = "clock")]
    [AllowedValues(null, "calendar", "working", ErrorMessage = "The clock is calendar or working.")]
    public string? Clock { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Days.Validate(validationContext);

    public Period PeriodIn(CurrentOrganization organization, DateTimeOffset now) => Days.PeriodIn(organization, now);

    /// <summary>Refuses what the caller may not see of single people.</summary>
    public WorkScope ScopeIn(CurrentOrganization organization, PeopleSight sight)
    {
        sight.Require(DeveloperId);
        var filter = new Filter(organization.Id, RepoId, ServiceId, Working: MetricQuery.ClockIn(organization, Clock), TeamId: TeamId);
        return new WorkScope(filter, Authors switch { Agents => Cohort.Agents, Both => Cohort.Both, _ => Cohort.People }, DeveloperId);
    }

    private ScopeQuery Days => new() { StartDate = StartDate, EndDate = EndDate };
}

/// <summary>By what a development metric is grouped; by time when left out.</summary>
internal sealed record DevelopmentGroupQuery
{
    /// <summary>By "developer" is a 403 unless the organization lets you see the numbers of people.</summary>
    [FromQuery(Name = "group_by")]
    [AllowedValues(null, "day", "week", "month", "repo", "team", "developer", ErrorMessage = "Group by day, week, month, repo, team or developer.")]
    public string? GroupBy { get; init; }

    /// <summary>Refuses what the caller may not see of single people.</summary>
    public WorkSplit SplitOf(Period period, PeopleSight sight)
    {
        if (GroupBy == WorkSplit.Developer.Name) sight.RequireEveryone();
        return WorkSplit.Parse(GroupBy) ?? WorkSplit.By(Grouping.For(period));
    }
}
