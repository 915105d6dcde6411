using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Finds what is doubtful about where a service's deployments are read from (M8), for a member to look at.</summary>
internal sealed class SourceFindings(RepositoryFacts facts, Service service)
{
    private const int MaxVersions = 20;
    private const int MaxSubject = 300;
    private const int MinSinceSilent = 3;
    private const int UsualPauses = 5;
    private static readonly TimeSpan Silence = TimeSpan.FromDays(14);

    private readonly ServiceSource _source = service.ReadFrom;
    private readonly ServiceScope _scope = ServiceScope.Of(facts, service.PathGlobs);

    /// <param name="candidates">Of the service. A choice is compared with those that come up after it.</param>
    public IEnumerable<SourceFinding> Find(IReadOnlyList<SourceCandidate> candidates, DateTimeOffset now) =>
        [.. SkippedWorkflows(), .. UnknownVersions(), .. Doubts(candidates, now)];

    private IEnumerable<SourceFinding> SkippedWorkflows() =>
        _source is { Source: DeploymentSource.Environment, RepositoryId: null, Workflow: null }
            ? EnvironmentDeployers.Of(facts, _source).Skipped.Select(s => New(SourceProblem.SkippedWorkflows, s.Workflow, s.Count, s.LastAt))
            : [];

    private IEnumerable<SourceFinding> UnknownVersions() =>
        _source is { Source: DeploymentSource.Workflow, RepositoryId: null }
            ? WorkflowSource.UnknownVersions(facts, _source).GroupBy(run => run.Version.Length <= MaxSubject ? run.Version : run.Version[..MaxSubject])
                .Select(g => New(SourceProblem.UnknownVersions, g.Key, g.Count(), g.Max(run => run.At)))
                .OrderByDescending(f => f.LastAt).Take(MaxVersions)
            : [];

    private List<SourceFinding> Doubts(IReadOnlyList<SourceCandidate> candidates, DateTimeOffset now) =>
        BetterSource(candidates, now).ToList() is { Count: > 0 } better ? better : [.. SilentSource(now)];

    // What took over may be called anything, so the merges since tell: they are many, and the pause is long even for this service.
    private IEnumerable<SourceFinding> SilentSource(DateTimeOffset now)
    {
        if (_source.Source == DeploymentSource.MergedPullRequests) yield break;
        List<DateTimeOffset> times = [.. SourceReading.Derive(_source, facts, _scope)
            .Where(d => d is { IsProduction: true, IsSuccess: true }).Select(d => d.FinishedAt).Order()];
        if (times.Count <= MinSinceSilent) yield break;
        List<TimeSpan> pauses = [.. times.Zip(times.Skip(1), (one, next) => next - one).Order()];
        var usual = pauses[pauses.Count / 2];
        var merged = facts.PullRequests.Count(p => p.MergedAt > times[^1] && p.BaseBranch == facts.DefaultBranch && _scope.Holds(p));
        if (now - times[^1] > Silence && now - times[^1] > UsualPauses * usual && merged >= MinSinceSilent)
            yield return New(SourceProblem.SilentSource, SourceText.Of(_source), merged, times[^1]);
    }

    private IEnumerable<SourceFinding> BetterSource(IReadOnlyList<SourceCandidate> candidates, DateTimeOffset now)
    {
        var held = SourceCandidate.InOrder(candidates.Where(c => c.Continues(_source))).FirstOrDefault();
        var others = candidates.Where(c => c.IsAutomatic && !c.Continues(_source)).ToList();
        var best = SourceCandidate.InOrder(others.Where(c => HasTakenOver(c, held, now)).Concat(ComeUp(others, held))).FirstOrDefault();
        if (best is not null) yield return New(SourceProblem.BetterSource, SourceText.Of(best.Key), best.Count, best.LastAt);
    }

    // Detection switches by itself. What was known when a member chose stays unwanted; what has come up since is worth a look.
    private List<SourceCandidate> ComeUp(List<SourceCandidate> others, SourceCandidate? held)
    {
        if (service.ChosenAt is null) return [];
        var better = others.FindAll(c => c.Age <= SourceAge.LastYear && (held is null || c.IsBetterThan(held)));
        service.KnownBetter ??= [.. better.Select(c => SourceText.Of(c.Key)).Order(StringComparer.Ordinal)];
        return better.FindAll(c => !service.KnownBetter.Contains(SourceText.Of(c.Key)));
    }

    private static bool HasTakenOver(SourceCandidate candidate, SourceCandidate? held, DateTimeOffset now) =>
        candidate is { Age: SourceAge.Last90Days, Count: >= MinSinceSilent } && (candidate.Rank < SourceRank.Releases || candidate.Rank <= held?.Rank)
        && held is { LastAt: { } last } && last < now - Silence && candidate.LastAt > last + Silence;

    private SourceFinding New(SourceProblem problem, string subject, int count, DateTimeOffset? lastAt) => new()
    {
        OrganizationId = service.OrganizationId,
        RepositoryId = service.RepositoryId,
        ServiceId = service.Id,
        Problem = problem,
        Subject = subject.Length <= MaxSubject ? subject : subject[..MaxSubject],
        Count = count,
        LastAt = lastAt,
    };
}
