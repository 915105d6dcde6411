using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>What deployments repaired and what they broke: reverts after the deployment (M21), rework (M24).</summary>
internal sealed class Repairs
{
    private readonly List<(Shipment? By, Shipment? Reverted, Reversal Of)> reverted = [];
    private readonly Recomputation all;
    private readonly HashSet<Shipment> hotfixes;

    public Repairs(Recomputation all)
    {
        this.all = all;
        hotfixes = [.. all.Delivered.Where(d => Recomputation.IsHotfix(d.Pull)).Select(d => d.By)];
        foreach (var reversal in all.Reverts)
            foreach (var place in all.Places.Where(p => p.Service.RepositoryId == reversal.By.RepositoryId))
            {
                var target = reversal.Target is { } change ? ShipmentOf(place, change) : null;
                reverted.Add((ShipmentOf(place, reversal.By), target?.FinishedAt < reversal.By.At ? target : null, reversal));
            }
    }

    /// <summary>It contained something that was reverted later.</summary>
    public bool IsReverted(Shipment shipment) => reverted.Exists(r => r.Reverted == shipment);

    /// <summary>It contains a revert of something deployed.</summary>
    public bool Reverts(Shipment shipment) => reverted.Exists(r => r.By == shipment && r.Reverted is not null);

    /// <summary>The latest that its reverts undo; null when nobody knows.</summary>
    public Shipment? RevertedBy(Shipment shipment) => reverted.Where(r => r.By == shipment).Select(r => r.Reverted).OfType<Shipment>().MaxBy(s => s.FinishedAt);

    public bool IsHotfix(Shipment shipment) => hotfixes.Contains(shipment);

    /// <summary>A rollback, a revert or a hotfix.</summary>
    public bool IsRepair(Shipment shipment) => shipment.IsRollback || reverted.Exists(r => r.By == shipment) || IsHotfix(shipment);

    private Shipment? ShipmentOf(Deliveries place, Change change) =>
        change.Pull is { } pull ? all.Covers(place.Service, pull) ? place.Of(pull)?.By : null : place.Of(change.Commit!.Sha);
}
