using Veelocity.Web.Data;
using Veelocity.Web.Tests.Recomputed.Facts;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>
/// Everything that METRICS.md says about a world, computed slowly and from its facts alone: no query, no index, nothing of the app's metrics.
/// </summary>
internal sealed class Recomputation
{
    private static readonly string[] HotfixWords = ["hotfix", "rollforward", "incident"];

    private readonly Dictionary<(Service Service, string Place), Deliveries> deliveries = [];
    private readonly Dictionary<Guid, string[]> paths;
    private readonly Dictionary<Guid, DecisionVerdict> verdicts;

    public Recomputation(World world)
    {
        World = world;
        Machines = new(world);
        Ancestry = new(world.Commits);
        Shipments = Recomputed.Shipments.Of(world, Ancestry);
        Reverts = Recomputed.Reverts.Of(world);
        var reviews = world.Reviews.ToLookup(r => r.PullRequestId);
        Reviewing = world.Pulls.ToDictionary(p => p.Id, p => Recomputed.Reviewing.Of(p, reviews[p.Id], Machines));
        RevertPulls = [.. Reverts.Select(r => r.By.Pull).OfType<PullRequest>()];
        paths = world.Paths.ToDictionary(p => p.PullRequestId, p => p.Paths);
        verdicts = world.Decisions.ToDictionary(d => d.SubjectId, d => d.Verdict);
        foreach (var place in Shipments.GroupBy(s => (s.Service, s.Place)))
            deliveries[place.Key] = new(world, Ancestry, place.Key.Service, [.. place.OrderBy(s => s.FinishedAt).ThenBy(s => s.StartedAt)]);
        Places = [.. deliveries.Where(place => place.Key.Place.Length == 0).Select(place => place.Value)];
        Delivered = [.. deliveries.SelectMany(place => PullsOf(place.Key.Service).Select(p => Deliver(place.Value, p))).OfType<Delivery>()];
        Repairs = new(this);
        Causes = new Causes(this).Find();
        Links = IssueLinks.Of(world);
        Issues = [.. world.Issues.Select(issue => IssueTimes.Of(this, issue))];
        Builds = MobileBuilds.Of(world);
    }

    public World World { get; }
    public Machines Machines { get; }
    public Ancestry Ancestry { get; }
    public List<Shipment> Shipments { get; }
    public List<Reversal> Reverts { get; }
    public HashSet<PullRequest> RevertPulls { get; }
    public Dictionary<Guid, Reviewing> Reviewing { get; }

    /// <summary>For every service and environment on its own.</summary>
    public List<Delivery> Delivered { get; }

    /// <summary>The productions, service by service.</summary>
    public List<Deliveries> Places { get; }

    public Repairs Repairs { get; }
    public List<Cause> Causes { get; }

    /// <summary>Which pull requests are work on which issue.</summary>
    public HashSet<(Guid Issue, Guid Pull)> Links { get; }

    public List<IssueTimes> Issues { get; }
    public List<MobileBuild> Builds { get; }

    /// <summary>Merged pull requests that a service's paths cover.</summary>
    public IEnumerable<PullRequest> PullsOf(Service service) =>
        World.Pulls.Where(p => p.MergedAt is not null && p.RepositoryId == service.RepositoryId && Covers(service, p));

    public bool Covers(Service service, PullRequest pull) =>
        service.RepositoryId == pull.RepositoryId && (service.PathGlobs.Length == 0
            || paths[pull.Id].Any(path => path.StartsWith(service.PathGlobs[0].TrimEnd('*'), StringComparison.Ordinal)));

    public static bool IsHotfix(PullRequest pull) =>
        Array.Exists(HotfixWords, word => pull.HeadBranch.StartsWith(word, StringComparison.Ordinal) || pull.Labels.Contains(word)
            || pull.Title.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Why a pull request is in no lead time wherever it is deployed (M17, M29, M30, M35); null when it is.</summary>
    public string? WhyNot(PullRequest pull) =>
        VerdictOn(pull.Id) is { } verdict ? verdict == DecisionVerdict.Exclude ? "by_person" : null
        : Machines.Has(pull.AuthorAccountId) ? "bot"
        : RevertPulls.Contains(pull) ? "revert"
        : pull.HeadBranch.StartsWith("release-please--", StringComparison.Ordinal) || pull.Labels.Contains("autorelease: pending") ? "rule"
        : null;

    public DecisionVerdict? VerdictOn(Guid id) => verdicts.TryGetValue(id, out var verdict) ? verdict : null;

    private Delivery? Deliver(Deliveries by, PullRequest pull)
    {
        if (by.Of(pull) is not { } found) return null;
        var isOfUnknown = found.By.IsFirst && !found.IsExact && VerdictOn(pull.Id) is null;
        var (times, merged, end) = (Reviewing[pull.Id], pull.MergedAt!.Value, found.By.FinishedAt);
        var start = pull.FirstCommitAt < pull.CreatedAt ? pull.FirstCommitAt.Value : pull.CreatedAt;

        // Each boundary lies between the one before it and the deployment.
        var deployed = end < start ? start : end;
        var mergedAt = Clamp(merged, start, deployed);
        var readyAt = Clamp(times.ReadyAt ?? mergedAt, start, mergedAt);
        DateTimeOffset? reviewedAt = times.FirstAt is { } first ? Clamp(first, readyAt, mergedAt) : null;
        var approvedAt = reviewedAt is { } since ? Clamp(times.ApprovedAt ?? mergedAt, since, mergedAt) : readyAt;
        return new(pull, found.By, isOfUnknown ? "first_known_deployment" : WhyNot(pull), found.IsByTime)
        {
            Start = start,
            Lead = (deployed - start).TotalSeconds,
            Coding = (readyAt - start).TotalSeconds,
            Pickup = (reviewedAt - readyAt)?.TotalSeconds,
            Review = (approvedAt - reviewedAt)?.TotalSeconds,
            Merge = (mergedAt - approvedAt).TotalSeconds,
            Deploy = (deployed - mergedAt).TotalSeconds,
            IsSkewed = end < merged || merged < start || times.ReadyAt > merged,
        };
    }

    private static DateTimeOffset Clamp(DateTimeOffset at, DateTimeOffset from, DateTimeOffset to) => at < from ? from : at > to ? to : at;
}
