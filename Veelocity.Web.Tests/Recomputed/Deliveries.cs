using Veelocity.Web.Data;
using Veelocity.Web.Tests.Recomputed.Facts;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>A merged pull request in the first deployment of a service that contains it (M17), with its stages (M19, M20).</summary>
internal sealed record Delivery(PullRequest Pull, Shipment By, string? WhyNot, bool IsByTime)
{
    public DateTimeOffset At => By.FinishedAt;
    public required DateTimeOffset Start { get; init; }
    public required double Lead { get; init; }
    public required double Coding { get; init; }
    public required double? Pickup { get; init; }
    public required double? Review { get; init; }
    public required double Merge { get; init; }
    public required double Deploy { get; init; }
    public required bool IsSkewed { get; init; }
}

/// <summary>Which deployment of a service brought which change, in production or another environment.</summary>
/// <param name="inOrder">The deployments of one service and place, as they finished.</param>
internal sealed class Deliveries(World world, Ancestry ancestry, Service service, List<Shipment> inOrder)
{
    private readonly List<Shipment> bringing = [.. inOrder.Where(s => s.HasSucceeded && s.IsNew && s.Repeats is null)];

    private readonly Dictionary<Guid, (Shipment, bool, bool)?> found = [];

    /// <summary>The first that contains a pull request; null while it waits.</summary>
    public (Shipment By, bool IsByTime, bool IsExact)? Of(PullRequest pull)
    {
        if (!found.TryGetValue(pull.Id, out var known)) found[pull.Id] = known = Find(pull);
        return known;
    }

    private (Shipment By, bool IsByTime, bool IsExact)? Find(PullRequest pull)
    {
        var made = MadeByMerge(pull);
        var byCommit = made.Count == 0 ? null : bringing.Find(s => ancestry.Knows(s.Sha) && made.Exists(sha => ancestry.Reaches(s.Sha!, sha)));
        var byTime = pull.BaseBranch != "main"
            ? null
            : bringing.Find(s => (made.Count == 0 || !ancestry.Knows(s.Sha)) && s.StartedAt >= pull.MergedAt && BringsAnything(s));
        var first = Earlier(byCommit, byTime);
        if (first is not null) return (first, first != byCommit, first.Sha == pull.MergeCommitSha);
        return pull.BaseBranch == "main" ? null : CarrierOf(pull) is { } carrier ? Of(carrier) : null;
    }

    /// <summary>The first that contains a commit.</summary>
    public Shipment? Of(string sha) => bringing.Find(s => ancestry.Knows(sha) && ancestry.Knows(s.Sha) && ancestry.Reaches(s.Sha!, sha));

    public Service Service => service;

    // What is reached from an earlier one brings nothing.
    private bool BringsAnything(Shipment shipment) =>
        !ancestry.Knows(shipment.Sha)
        || !bringing.TakeWhile(s => s != shipment).Any(s => ancestry.Knows(s.Sha) && ancestry.Reaches(s.Sha!, shipment.Sha!));

    private Shipment? Earlier(Shipment? one, Shipment? other) =>
        one is null ? other : other is null ? one : bringing.IndexOf(one) < bringing.IndexOf(other) ? one : other;

    // A squash or merge makes one commit; a rebase as many as the pull request has, all at once.
    private List<string> MadeByMerge(PullRequest pull)
    {
        if (ancestry.Find(pull.MergeCommitSha) is not { } commit) return [];
        List<string> made = [commit.Sha];
        while (made.Count < pull.CommitCount && commit.ParentShas is [var parent] && ancestry.Find(parent) is { ParentShas.Length: 1 } before
            && before.CommittedAt == commit.CommittedAt)
        {
            made.Add(parent);
            commit = before;
        }
        return made;
    }

    private PullRequest? CarrierOf(PullRequest pull) =>
        world.Pulls.Where(p => p.RepositoryId == pull.RepositoryId && p.MergedAt >= pull.MergedAt && p.HeadBranch == pull.BaseBranch)
            .OrderBy(p => p.MergedAt).FirstOrDefault();
}
