using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>The workflows of a repository as sources, with the job that deploys where the run alone doesn't tell (M8).</summary>
internal static class WorkflowCandidates
{
    public static IEnumerable<SourceCandidate> Of(RepositoryFacts facts, DateTimeOffset now)
    {
        var names = new WorkflowNames(facts.DeployPattern, facts.NotDeployPattern);
        var jobs = new JobNames(facts.DeployPattern, facts.NotDeployPattern);
        var ids = facts.Workflows.ToLookup(w => w.Path, w => w.Id);
        var runs = facts.Runs.ToLookup(r => r.WorkflowId);
        foreach (var workflow in facts.Workflows.DistinctBy(w => w.Path))
        {
            List<RunFacts> all = [.. ids[workflow.Path].SelectMany(id => runs[id])];
            var isExcluded = names.IsExcluded(workflow);
            var deploying = isExcluded ? [] : jobs.Deploying(all.Select(r => r.Jobs.Select(j => j.Name)));
            var saysProduction = deploying.Any(jobs.SaysProduction);
            var job = saysProduction || Differs(all, deploying) ? string.Join(", ", deploying) : null;
            var rank = names.RankOf(workflow);
            if (saysProduction) rank = Math.Min(rank ?? int.MaxValue, rank is null ? SourceRank.ProductionJob : WorkflowNames.VerbOf(workflow));
            var source = new ServiceSource(DeploymentSource.Workflow, workflow.Path, null) { Job = job };
            var where = job is null ? $"workflow {workflow.Name}" : $"workflow {workflow.Name}, job {job}";
            if (Sighting.Of(WorkflowSource.Derive(facts, source), now) is { } seen)
                yield return seen.As(source, rank ?? SourceRank.NeverByItself, $"{where}: {seen.Text}", rank is not null);
            else if (Sighting.Of(WorkflowSource.Derive(facts, source with { Branch = NameGlobs.Anything }), now) is { } elsewhere)
                yield return elsewhere.As(
                    source with { Branch = NameGlobs.Anything }, SourceRank.NeverByItself, $"{where}, any branch: {elsewhere.Text}", isAutomatic: false);
        }
    }

    // Naming a job makes the source depend on that name, so it is done only where the job and the run ended differently.
    private static bool Differs(List<RunFacts> runs, IReadOnlyList<string> jobs)
    {
        if (jobs.Count == 0) return false;
        var globs = NameGlobs.Of(string.Join(", ", jobs))!;
        return runs.Exists(run => run.Jobs.Where(j => globs.MatchesJob(j.Name)).ToList() is { Count: > 0 } own
            && (run.Conclusion == "success") != (own.Exists(j => j.Conclusion == "success") && !own.Exists(j => j.Conclusion is "failure" or "timed_out")));
    }
}
