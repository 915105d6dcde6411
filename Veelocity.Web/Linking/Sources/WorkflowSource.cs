using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Deployments from the runs of one workflow (M9, M10, M11). A run is one deployment: its first successful attempt, so that a re-run
/// neither moves nor duplicates it; failed when attempts failed and none succeeded, at the last failure. Where a job is named, its result
/// counts in place of the run's. Canceled, skipped and the like are neither. A run that names a version deploys that version's commit; it
/// doesn't count while that is unknown.
/// </summary>
internal sealed class WorkflowSource
{
    private readonly RepositoryFacts _facts;
    private readonly RunScope _scope;
    private readonly NameGlobs? _job;
    private readonly bool _isProductionJob;
    private readonly Lazy<VersionTags> _versions;
    private readonly Dictionary<Guid, WorkflowFacts> _workflows;

    // A file that was renamed may have had another job; where none ever had the name, the run counts.
    private readonly HashSet<Guid> _withJob;

    private WorkflowSource(RepositoryFacts facts, ServiceSource source)
    {
        _facts = facts;
        _scope = new RunScope(facts, source.Branch);
        _job = NameGlobs.Of(source.Job);
        _isProductionJob = source.Job is { } job && NameWords.SaysProduction(job);
        _versions = new(() => new VersionTags(facts));
        _workflows = facts.Workflows.Where(w => w.Path == facts.CurrentPath(source.Name!)).ToDictionary(w => w.Id);
        _withJob = _job is null ? [] : facts.Runs.Where(r => r.Jobs.Any(j => _job.MatchesJob(j.Name))).Select(r => r.WorkflowId).ToHashSet();
        if (_workflows.Keys.All(id => !_withJob.Contains(id))) _withJob.UnionWith(_workflows.Keys);
    }

    public static IEnumerable<DerivedDeployment> Derive(RepositoryFacts facts, ServiceSource source)
    {
        var reading = new WorkflowSource(facts, source);
        return reading.Runs().Select(reading.Derive).OfType<DerivedDeployment>();
    }

    /// <summary>Runs that name a version of which the commit is unknown.</summary>
    public static IEnumerable<(string Version, DateTimeOffset At)> UnknownVersions(RepositoryFacts facts, ServiceSource source)
    {
        var reading = new WorkflowSource(facts, source);
        return reading.Runs()
            .Select(attempts => (Run: attempts.First(), End: reading.EndOf(attempts).End))
            .Where(run => run.End?.Conclusion == "success" && reading.VersionOf(run.Run) is { Sha: null })
            .Select(run => (reading.VersionOf(run.Run)!.Text, run.Run.StartedAt));
    }

    private IEnumerable<IGrouping<long, RunFacts>> Runs() =>
        _facts.Runs.Where(r => _workflows.ContainsKey(r.WorkflowId) && _scope.Holds(r) && (_isProductionJob || !SaysStage(r))).GroupBy(r => r.ExternalId);

    // Of one workflow for all environments, the title of a run says which one it was started for.
    private bool SaysStage(RunFacts run) =>
        ManualVersion.TextOf(run, _workflows[run.WorkflowId].Name) is { } text
        && !NameWords.SaysProduction(text) && (NameWords.SaysStage(text) || NameWords.SaysNotProduction(text));

    private DerivedDeployment? Derive(IGrouping<long, RunFacts> attempts)
    {
        var (end, startedAt) = EndOf(attempts);
        if (end is null) return null;
        var run = attempts.First();
        var version = VersionOf(run);
        if (version is { Sha: null }) return null;
        return new()
        {
            SourceKey = $"run {attempts.Key}",
            Sha = version?.Sha ?? run.HeadSha,
            Ref = run.HeadBranch,
            Title = run.Title,
            Url = run.Url,
            Outcome = end.Conclusion == "success" ? DeploymentOutcome.Succeeded : DeploymentOutcome.Failed,
            StartedAt = startedAt,
            FinishedAt = end.At,
        };
    }

    private ManualVersion? VersionOf(RunFacts run) => ManualVersion.Of(run, _workflows[run.WorkflowId].Name, _versions.Value, _scope);

    private (AttemptEnd? End, DateTimeOffset StartedAt) EndOf(IGrouping<long, RunFacts> attempts)
    {
        var ends = attempts.Select(a => AttemptEnd.Of(a, _withJob.Contains(a.WorkflowId) ? _job : null)).OfType<AttemptEnd>().ToList();
        var end = ends.Where(e => e.Conclusion == "success").MinBy(e => e.Attempt)
            ?? ends.Where(e => e.Conclusion is "failure" or "timed_out" or "startup_failure").MaxBy(e => e.Attempt);
        return (end, ends.Select(e => e.StartedAt).DefaultIfEmpty().Min());
    }

    /// <summary>How one attempt ended: as a whole, or its named job.</summary>
    private sealed record AttemptEnd(int Attempt, string? Conclusion, DateTimeOffset StartedAt, DateTimeOffset At)
    {
        public static AttemptEnd? Of(RunFacts run, NameGlobs? job)
        {
            if (job is null || run.Conclusion == "startup_failure") return new(run.Attempt, run.Conclusion, run.StartedAt, run.CompletedAt ?? run.StartedAt);
            var jobs = run.Jobs.Where(j => job.MatchesJob(j.Name)).ToList();
            // A part that failed makes the deployment a failed one; parts that were skipped say nothing.
            var conclusion = jobs.Find(j => j.Conclusion is "failure" or "timed_out")?.Conclusion ?? jobs.Find(j => j.Conclusion == "success")?.Conclusion;
            if (conclusion is null) return null;
            var ran = jobs.Where(j => j.Conclusion is "success" or "failure" or "timed_out").ToList();
            return new(
                run.Attempt, conclusion, ran.Min(j => j.StartedAt) ?? run.StartedAt, ran.Max(j => j.CompletedAt) ?? run.CompletedAt ?? run.StartedAt);
        }
    }
}
