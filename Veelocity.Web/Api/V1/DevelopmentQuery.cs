using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
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

    [FromQuery(Name = "repo_id")]
    public Guid? RepoId { get; init; }

    [FromQuery(Name = "service_id")]
    public Guid? ServiceId { get; init; }

    /// <summary>The work of this team's members.</summary>
    [FromQuery(Name = "team_id")]
    public Guid? TeamId { get; init; }

    /// <summary>The work of one person: 403 unless the organization lets you see their numbers.</summary>
    [FromQuery(Name = "developer_id")]
    public Guid? DeveloperId { get; init; }

    /// <summary>Whose pull requests: "people" (the default), "agents" (coding agents) or "both".</summary>
    [FromQuery(Name = "authors")]
    [AllowedValues(null, People, Agents, Both, ErrorMessage = "Authors are people, agents or both.")]
    public string? Authors { get; init; }

    /// <summary>By "developer" is a 403 unless the organization lets you see the numbers of people.</summary>
    [FromQuery(Name = "group_by")]
    [AllowedValues(null, "day", "week", "month", "repo", "team", "developer", ErrorMessage = "Group by day, week, month, repo, team or developer.")]
    public string? GroupBy { get; init; }

    /// <summary>"calendar" (the default) or "working": the organization's working hours only.</summary>
    [FromQuery(Name = "clock")]
    [AllowedValues(null, "calendar", "working", ErrorMessage = "The clock is calendar or working.")]
    public string? Clock { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Days.Validate(validationContext);

    public Period PeriodIn(CurrentOrganization organization, DateTimeOffset now) => Days.PeriodIn(organization, now);

    /// <summary>Refuses what the caller may not see of single people.</summary>
    public WorkScope ScopeIn(CurrentOrganization organization, PeopleSight sight)
    {
        if (GroupBy == WorkSplit.Developer.Name) sight.RequireEveryone();
        sight.Require(DeveloperId);
        var filter = new MetricQuery { RepoId = RepoId, ServiceId = ServiceId, Clock = Clock }.FilterIn(organization) with { TeamId = TeamId };
        return new WorkScope(filter, Authors switch { Agents => Cohort.Agents, Both => Cohort.Both, _ => Cohort.People }, DeveloperId);
    }

    public WorkSplit SplitOf(Period period) => WorkSplit.Parse(GroupBy) ?? WorkSplit.By(Grouping.For(period));

    private MetricQuery Days => new() { StartDate = StartDate, EndDate = EndDate };
}

/// <summary>Which rows behind a development metric are asked for.</summary>
internal sealed record DevelopmentRowsQuery
{
    public const string Merge = "merge", WithoutReview = "without_review", Worked = "worked", Linked = "linked", Issues = "issues", Abandoned = "abandoned", Reverts = "reverts";

    /// <summary>Of the metric's several values, whose rows. pr-review-time: first_review (the default), merge, without_review; cycle-time: delivered (the default), worked, linked; throughput: pull_requests (the default), issues, abandoned, reverts.</summary>
    [FromQuery(Name = "of")]
    [AllowedValues(null, "first_review", Merge, WithoutReview, "delivered", Worked, Linked, "pull_requests", Issues, Abandoned, Reverts, ErrorMessage = "Choose one of the values that the description names.")]
    public string? Of { get; init; }

    [FromQuery(Name = "selection")]
    [AllowedValues(null, "included", RowsQuery.LeftOut, ErrorMessage = "Choose included or left_out.")]
    public string? Selection { get; init; }

    public WorkPart Part => Selection == RowsQuery.LeftOut ? WorkPart.Others : WorkPart.Whole;
}
