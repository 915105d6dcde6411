using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api.V1;

/// <summary>Of which repository, service or team the pull requests at risk are asked for; of all when left out.</summary>
internal sealed record AtRiskQuery
{
    [FromQuery(Name = "repo_id"), IdOf<Repository>("repository")]
    public Guid? RepoId { get; init; }

    [FromQuery(Name = "service_id"), IdOf<Service>("service")]
    public Guid? ServiceId { get; init; }

    /// <summary>In the repositories of this team's services, against how long the team's own changes take.</summary>
    [FromQuery(Name = "team_id"), IdOf<Team>("team", OrNone = true)]
    public Guid? TeamId { get; init; }

    public Filter FilterIn(CurrentOrganization organization) => new(organization.Id, RepoId, ServiceId, TeamId: TeamId);
}
