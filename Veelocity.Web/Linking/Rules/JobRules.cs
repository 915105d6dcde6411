using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Builds;
using Veelocity.Web.Linking.Sources;

namespace Veelocity.Web.Linking.Rules;

/// <summary>Of which workflows an organization needs the jobs of every run: of those that may deploy or are a service's source, and of mobile builds.</summary>
public sealed class JobRules
{
    private readonly WorkflowNames deploys;
    private readonly JobNames jobNames;
    private readonly MobileRules mobile;
    private readonly HashSet<(Guid RepositoryId, string Path)> sources;
    private readonly Dictionary<Guid, MobilePlatforms> chosen;

    private JobRules(WorkflowNames deploys, JobNames jobNames, MobileRules mobile, HashSet<(Guid, string)> sources, Dictionary<Guid, MobilePlatforms> chosen) =>
        (this.deploys, this.jobNames, this.mobile, this.sources, this.chosen) = (deploys, jobNames, mobile, sources, chosen);

    public static async Task<JobRules> ReadAsync(VeelocityDb db, Guid organizationId, CancellationToken cancellation)
    {
        var organization = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == organizationId, cancellation);
        var set = await MobileRules.SetOfAsync(db, organizationId, cancellation);
        var read = await db.Services.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(s => s.OrganizationId == organizationId && s.Source == DeploymentSource.Workflow && s.SourceName != null)
            .Select(s => new { RepositoryId = s.SourceRepositoryId ?? s.RepositoryId, s.SourceName }).ToListAsync(cancellation);
        var said = await db.Workflows.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(w => w.OrganizationId == organizationId && w.ChosenMobile != null)
            .ToDictionaryAsync(w => w.Id, w => w.ChosenMobile!.Value, cancellation);
        return new JobRules(
            new WorkflowNames(organization.DeployPattern, organization.NotDeployPattern),
            new JobNames(organization.DeployPattern, organization.NotDeployPattern), MobileRules.Of(set),
            [.. read.Select(s => (s.RepositoryId, s.SourceName!))], said);
    }

    public bool Wants(Guid repositoryId, long workflowExternalId, string name, string path, IReadOnlyList<WorkflowJobWords> jobs)
    {
        var id = Workflow.IdOf(repositoryId, workflowExternalId);
        return sources.Contains((repositoryId, path))
            || deploys.MayDeploy(new WorkflowFacts(id, name, path))
            || (!deploys.IsExcluded(new WorkflowFacts(id, name, path)) && jobs.Any(job => jobNames.SaysProduction(job.Name) || jobNames.SaysProduction(job.Key)))
            || mobile.Find(name, path, jobs, chosen.TryGetValue(id, out var platforms) ? platforms : null).Platforms != MobilePlatforms.None;
    }
}
