using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Sources;

namespace Veelocity.Web.Linking;

/// <summary>Reads what deployments are derived from: environments' deployments with the workflows that made them, runs and their jobs.</summary>
internal sealed partial class DeliveryReader(VeelocityDb db, Repository repository, Organization organization)
{
    private readonly WorkflowNames _naming = new(organization.DeployPattern, organization.NotDeployPattern);
    private readonly JobNames _jobs = new(organization.DeployPattern, organization.NotDeployPattern);

    public async Task<List<WorkflowFacts>> WorkflowsAsync(CancellationToken cancellation)
    {
        var files = await db.WorkflowFiles.AsNoTracking().Where(f => f.RepositoryId == repository.Id).ToListAsync(cancellation);
        var jobs = files.ToDictionary(f => f.Path, f => f.Jobs.Select(j => j.Name).ToArray(), StringComparer.Ordinal);
        var workflows = await db.Workflows.AsNoTracking().Where(w => w.RepositoryId == repository.Id).ToListAsync(cancellation);
        return workflows.ConvertAll(w => new WorkflowFacts(w.Id, w.Name, w.Path) { FileJobs = jobs.GetValueOrDefault(w.Path) ?? [] });
    }

    public async Task<List<EnvironmentDeploymentFacts>> EnvironmentDeploymentsAsync(List<WorkflowFacts> workflows, CancellationToken cancellation)
    {
        var deployments = db.EnvironmentDeployments.AsNoTracking().Where(d => d.RepositoryId == repository.Id);
        var statuses = await db.EnvironmentDeploymentStatuses
            .Join(deployments, s => s.EnvironmentDeploymentId, d => d.Id, (s, _) => s)
            .Select(s => new { s.EnvironmentDeploymentId, Facts = new StatusFacts(s.State, s.CreatedAt, s.LogUrl) })
            .ToListAsync(cancellation);
        var byDeployment = statuses.ToLookup(s => s.EnvironmentDeploymentId, s => s.Facts);
        var makers = await MakersAsync([.. statuses.Select(s => RunIn(s.Facts.LogUrl)).OfType<long>().Distinct()], cancellation);
        var byId = workflows.ToDictionary(w => w.Id);
        return (await deployments.ToListAsync(cancellation)).ConvertAll(d =>
        {
            StatusFacts[] own = [.. byDeployment[d.Id]];
            var maker = own.Select(s => RunIn(s.LogUrl)).Where(run => run is not null && makers.ContainsKey(run.Value)).Select(run => makers[run!.Value]).FirstOrDefault();
            return new EnvironmentDeploymentFacts(d.ExternalId, d.Environment, d.Sha, d.Ref, d.Description, d.CreatedAt, own)
            {
                Workflow = maker is null ? null : byId.GetValueOrDefault(maker.WorkflowId),
                IsScheduled = maker?.Event == "schedule",
            };
        });
    }

    /// <summary>Runs of the workflows that may deploy, with those of their jobs that may.</summary>
    public async Task<List<RunFacts>> RunsAsync(List<WorkflowFacts> workflows, IReadOnlyCollection<ServiceSource> sources, CancellationToken cancellation)
    {
        var paths = sources.Where(s => s.Source == DeploymentSource.Workflow).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        Guid[] ids = [.. workflows.Where(w => paths.Contains(w.Path) || _naming.MayDeploy(w)
            || (!_naming.IsExcluded(w) && w.FileJobs.Any(_jobs.SaysProduction))).Select(w => w.Id)];
        var jobs = await JobsAsync(ids, sources, cancellation);
        var runs = await db.WorkflowRuns.AsNoTracking().Where(r => ids.Contains(r.WorkflowId)).ToListAsync(cancellation);
        return runs.ConvertAll(r => new RunFacts(
            r.WorkflowId, r.ExternalId, r.Attempt, r.Title, r.Url, r.Event, r.HeadBranch, r.HeadSha, r.Conclusion, r.StartedAt, r.CompletedAt)
        {
            Jobs = [.. jobs[r.Id]],
        });
    }

    /// <summary>Deployments from here that services of other repositories are read from.</summary>
    public async Task<HashSet<string>> ForOthersAsync(CancellationToken cancellation) => await db.Deployments
        .Join(db.Services.Where(s => s.SourceRepositoryId == repository.Id), d => d.ServiceId, s => s.Id, (d, _) => d.SourceKey)
        .ToHashSetAsync(StringComparer.Ordinal, cancellation);

    private async Task<ILookup<Guid, JobFacts>> JobsAsync(Guid[] workflows, IReadOnlyCollection<ServiceSource> sources, CancellationToken cancellation)
    {
        var chosen = sources.Select(s => NameGlobs.Of(s.Job)).OfType<NameGlobs>().ToList();
        var runs = db.WorkflowRuns.Where(r => workflows.Contains(r.WorkflowId));
        var names = await db.WorkflowJobs.Join(runs, j => j.RunId, r => r.Id, (j, _) => j.Name).Distinct().ToListAsync(cancellation);
        string[] needed = [.. names.Where(name => _jobs.MayDeploy(name) || _jobs.SaysProduction(name) || chosen.Exists(globs => globs.MatchesJob(name)))];
        if (needed.Length == 0) return Enumerable.Empty<JobFacts>().ToLookup(_ => Guid.Empty);
        var jobs = await db.WorkflowJobs.Join(runs, j => j.RunId, r => r.Id, (j, _) => j).Where(j => needed.Contains(j.Name))
            .Select(j => new { j.RunId, Facts = new JobFacts(j.Name, j.Conclusion, j.StartedAt, j.CompletedAt) }).ToListAsync(cancellation);
        return jobs.ToLookup(j => j.RunId, j => j.Facts);
    }

    private async Task<Dictionary<long, Maker>> MakersAsync(long[] runs, CancellationToken cancellation)
    {
        if (runs.Length == 0) return [];
        var found = await db.WorkflowRuns.Where(r => r.RepositoryId == repository.Id && runs.Contains(r.ExternalId))
            .Select(r => new { r.ExternalId, r.WorkflowId, r.Event }).Distinct().ToListAsync(cancellation);
        return found.ToDictionary(r => r.ExternalId, r => new Maker(r.WorkflowId, r.Event));
    }

    private static long? RunIn(string? url) =>
        url is not null && RunAddress().Match(url) is { Success: true } found && long.TryParse(found.Groups["id"].Value, CultureInfo.InvariantCulture, out var id) ? id : null;

    [GeneratedRegex(@"/actions/runs/(?<id>\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex RunAddress();

    private sealed record Maker(Guid WorkflowId, string Event);
}
