using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api.V1;

/// <summary>What a build metric is asked about: builds belong to repositories, not to services or environments, and their time is calendar time.</summary>
internal sealed record BuildQuery : IValidatableObject
{
    private const string All = "all";

    [FromQuery(Name = "start_date")]
    public DateOnly? StartDate { get; init; }

    [FromQuery(Name = "end_date")]
    public DateOnly? EndDate { get; init; }

    [FromQuery(Name = "repo_id"), IdOf<Repository>("repository")]
    public Guid? RepoId { get; init; }

    /// <summary>Builds of the repositories that this team owns as a whole. The zero id asks for those that no team owns.</summary>
    [FromQuery(Name = "team_id"), IdOf<Team>("team", OrNone = true)]
    public Guid? TeamId { get; init; }

    /// <summary>A run that builds for both counts for each; all is the default.</summary>
    [FromQuery(Name = "platform")]
    [AllowedValues(null, All, "ios", "android", ErrorMessage = "The platform is ios, android or all.")]
    public string? Platform { get; init; }

    public BuildPlatform? Only => Platform is null or All ? null : SnakeCaseEnum<BuildPlatform>.FromText(Platform);

    public string Word => Platform ?? All;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Metric.Validate(validationContext);

    public Period PeriodIn(CurrentOrganization organization, DateTimeOffset now) => Metric.PeriodIn(organization, now);

    public Filter FilterIn(CurrentOrganization organization) => Metric.FilterIn(organization);

    private ScopeQuery Metric => new() { StartDate = StartDate, EndDate = EndDate, RepoId = RepoId, TeamId = TeamId };
}

/// <summary>By what a build metric is grouped; by time when left out.</summary>
internal sealed record BuildGroupQuery
{
    [FromQuery(Name = "group_by")]
    [AllowedValues(null, "day", "week", "month", GroupQuery.ByRepository, ErrorMessage = "Group by day, week, month or repo.")]
    public string? GroupBy { get; init; }

    public bool IsByRepository => GroupBy == GroupQuery.ByRepository;

    public Grouping TimeOf(Period period) => Grouping.Parse(GroupBy) ?? Grouping.For(period);
}
