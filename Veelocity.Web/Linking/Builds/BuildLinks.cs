using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Builds;

/// <summary>Writes the builds of one repository anew, where they differ.</summary>
internal sealed class BuildLinks(VeelocityDb db)
{
    /// <summary>Answers how many rows it changed.</summary>
    public async Task<int> WriteAsync(Repository repository, CancellationToken cancellation)
    {
        var rules = MobileRules.Of(await MobileRules.SetOfAsync(db, repository.OrganizationId, cancellation));
        List<MobileWorkflow> workflows = repository.LeftAt is null ? await ReadAsync(repository.Id, rules, cancellation) : [];
        var derivation = new BuildDerivation(repository.OrganizationId, repository.Id, rules);
        return await new SetWriter(db).ReplaceAsync([.. workflows.SelectMany(derivation.Derive)], "repository_id", repository.Id, cancellation);
    }

    private async Task<List<MobileWorkflow>> ReadAsync(Guid repositoryId, MobileRules rules, CancellationToken cancellation)
    {
        var files = await db.WorkflowFiles.AsNoTracking().Where(f => f.RepositoryId == repositoryId)
            .ToDictionaryAsync(f => f.Path, f => f.Jobs, StringComparer.Ordinal, cancellation);
        var workflows = await db.Workflows.AsNoTracking().Where(w => w.RepositoryId == repositoryId).ToListAsync(cancellation);
        var mobile = workflows
            .Select(w => (w.Id, Jobs: files.GetValueOrDefault(w.Path) ?? [], Found: rules.Find(w.Name, w.Path, files.GetValueOrDefault(w.Path) ?? [], w.ChosenMobile)))
            .Where(w => w.Found.Platforms != MobilePlatforms.None).ToList();
        if (mobile.Count == 0) return [];

        var ids = mobile.Select(w => w.Id).ToArray();
        var runs = db.WorkflowRuns.AsNoTracking().Where(r => ids.Contains(r.WorkflowId));
        var jobs = (await db.WorkflowJobs.Join(runs, j => j.RunId, r => r.Id, (j, _) => j)
            .Select(j => new { j.RunId, Facts = new JobFacts(j.ExternalId, j.Name, j.Conclusion, j.StartedAt, j.CompletedAt, j.FailedStep) })
            .ToListAsync(cancellation)).ToLookup(j => j.RunId, j => j.Facts);
        var attempts = (await runs
            .Select(r => new { r.WorkflowId, r.Id, r.ExternalId, r.Attempt, r.HeadSha, r.Status, r.Conclusion, r.CreatedAt, r.StartedAt, r.CompletedAt })
            .ToListAsync(cancellation))
            .ToLookup(r => r.WorkflowId, r => new AttemptFacts(
                r.Id, r.ExternalId, r.Attempt, r.HeadSha, r.Status, r.Conclusion, r.CreatedAt, r.StartedAt, r.CompletedAt, [.. jobs[r.Id]]));
        return mobile.ConvertAll(w => new MobileWorkflow(w.Id, w.Found.Platforms, w.Jobs, [.. attempts[w.Id]]));
    }
}
