using Veelocity.Web.Data;
using Veelocity.Web.Linking.Reverts;
using Veelocity.Web.Linking.Sources;

namespace Veelocity.Web.Linking;

/// <summary>All that the facts of one repository come to: the source of each of its services, their deployments, the changes they brought, and what waits.</summary>
internal sealed class RepositoryLinks
{
    private readonly RepositoryFacts _facts;
    private readonly Dictionary<Guid, ReviewTimes> _times;
    private readonly CommitGraph _graph;
    private readonly List<FoundRevert> _reverts;
    private readonly Dictionary<Guid, ServiceScope> _scopes = [];
    private readonly Dictionary<Guid, IReadOnlyList<SourceCandidate>> _candidates = [];
    private readonly HashSet<Guid> _deployedForOthers = [];

    public RepositoryLinks(RepositoryFacts facts)
    {
        _graph = new CommitGraph(facts.Commits);
        _reverts = RevertTargets.Of(facts, _graph);
        _facts = Marked(facts, _reverts);
        _times = _facts.PullRequests.ToDictionary(p => p.Id, ReviewTimes.Of);
    }

    public List<Deployment> Deployments { get; } = [];
    public List<DeployedChange> Changes { get; } = [];
    public List<EnvironmentChange> Elsewhere { get; } = [];
    public List<Revert> Reverts { get; } = [];

    /// <summary>
    /// Gives each service that no person chose a source for the best one that no other service has. In a split repository those that a
    /// source names come first; the others share what is left, even if it was theirs before.
    /// </summary>
    public void Detect(IReadOnlyCollection<Service> services, DateTimeOffset now)
    {
        var named = services.Where(s => services.Count > 1 && SourceDetection.Names(Candidates(s, now), s.Name)).ToHashSet();
        var settled = services.Where(s => s.ChosenAt is not null || (s.DetectedAt != default && named.Contains(s))).ToHashSet();
        foreach (var service in services.Where(s => s.ChosenAt is null).OrderByDescending(named.Contains))
        {
            var isNew = service.DetectedAt == default;
            var taken = services.Where(s => s != service && (settled.Contains(s) || (s.DetectedAt != default && !named.Contains(service))))
                .Select(s => s.ReadFrom).ToList();
            var name = services.Count > 1 ? service.Name : null;
            if (SourceDetection.Detect(Candidates(service, now), isNew ? null : service.ReadFrom, taken, name) is { } better)
                service.Detect(better.Key, better.Evidence, now);
            settled.Add(service);
        }
    }

    /// <summary>What is doubtful about the services' sources.</summary>
    public List<SourceFinding> Findings(IReadOnlyCollection<Service> services, DateTimeOffset now) =>
        [.. services.SelectMany(service => new SourceFindings(_facts, service).Find(Candidates(service, now), now))];

    public void Derive(IReadOnlyCollection<Service> services)
    {
        var rows = services.Select(service => WithoutOthers(RowsOf(service))).ToList();
        // Environments that several services could show besides their own would be counted once for each.
        Deployments.AddRange(rows.SelectMany(r => services.Count == 1 ? r.Deployments : r.Deployments.Where(d => d.IsProduction)));
        if (services.Count == 1) Elsewhere.AddRange(rows[0].Elsewhere);
        Changes.AddRange(services.Count == 1 ? rows[0].Changes : MarkFirsts(rows.SelectMany(r => r.Changes)));
        Reverts.AddRange(RevertRows.Of(_reverts, services.Zip(rows)));
    }

    public IReadOnlyList<SourceCandidate> Candidates(Service service, DateTimeOffset now)
    {
        if (!_candidates.TryGetValue(service.Id, out var candidates)) _candidates[service.Id] = candidates = [.. SourceCandidates.Of(_facts, ScopeOf(service), now)];
        return candidates;
    }

    public DeploymentRows RowsOf(Service service) => DeploymentRows.Of(service, _facts, ScopeOf(service), _graph, _times);

    /// <summary>What goes onto each pull request's row. It waits when it is a service's and none has brought it to production (M19).</summary>
    public IEnumerable<(PullRequestFacts, LinkedPullRequest)> PullRequests(IReadOnlyCollection<Service> services)
    {
        var deployed = Changes.Select(c => c.PullRequestId).Concat(_deployedForOthers).ToHashSet();
        var inOrder = services.OrderBy(s => s.Id).ToList();
        foreach (var pull in _facts.PullRequests)
        {
            List<Guid> covering = pull.MergedAt is null ? [] : [.. inOrder.Where(s => ScopeOf(s).Holds(pull)).Select(s => s.Id)];
            var waits = covering.Count > 0 && pull is { MergedAt: not null, LeftOut: null } && !deployed.Contains(pull.Id);
            var isHotfix = _facts.PullRequestRules.IsHotfix(pull.Title, pull.HeadBranch, pull.Labels);
            yield return (pull, new(_times[pull.Id], waits ? pull.MergedAt : null, pull.IsRevert, isHotfix, pull.LeftOut)
            {
                ServiceIds = covering,
            });
        }
    }

    // What deploys a service of another repository counts there and nowhere else; what came with it waits for nothing.
    private DeploymentRows WithoutOthers(DeploymentRows rows)
    {
        if (_facts.DeployedForOthers.Count == 0) return rows;
        var theirs = rows.Deployments.Where(d => _facts.DeployedForOthers.Contains(d.SourceKey)).Select(d => d.Id).ToHashSet();
        _deployedForOthers.UnionWith(rows.Changes.Where(c => theirs.Contains(c.DeploymentId)).Select(c => c.PullRequestId));
        return rows with
        {
            Deployments = [.. rows.Deployments.Where(d => !theirs.Contains(d.Id))],
            Changes = [.. rows.Changes.Where(c => !theirs.Contains(c.DeploymentId))],
            Elsewhere = [.. rows.Elsewhere.Where(c => !theirs.Contains(c.DeploymentId))],
        };
    }

    private static RepositoryFacts Marked(RepositoryFacts facts, IEnumerable<FoundRevert> reverts)
    {
        var (reverting, promotions) = (reverts.Select(r => r.Revert.PullRequestId).ToHashSet(), Promotions.Of(facts));
        return facts with
        {
            PullRequests = [.. facts.PullRequests.Select(p => p with
            {
                IsRevert = reverting.Contains(p.Id),
                IsPromotion = promotions.Contains(p.Id),
                IsExcludedByRule = facts.PullRequestRules.IsExcluded(p.Title, p.HeadBranch, p.Labels, p.Paths),
            })],
        };
    }

    private static IEnumerable<DeployedChange> MarkFirsts(IEnumerable<DeployedChange> changes) =>
        changes.GroupBy(c => c.PullRequestId)
            .SelectMany(rows => rows.OrderBy(c => c.DeployedAt).ThenBy(c => c.ServiceId).Select((change, place) => place == 0 ? change : change.AsLater()));

    private ServiceScope ScopeOf(Service service)
    {
        if (!_scopes.TryGetValue(service.Id, out var scope)) _scopes[service.Id] = scope = ServiceScope.Of(_facts, service.PathGlobs);
        return scope;
    }
}
