using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Settings;

/// <summary>How far the syncs of a connection have come, for people who wait for them.</summary>
internal sealed class SyncProgress(VeelocityDb db, ConnectorCatalog catalog, TimeProvider clock)
{
    /// <param name="IsRunning">Something is still to come, so the page asks again.</param>
    public sealed record View(bool IsRunning, IReadOnlyList<Row> Rows);

    /// <param name="PerSecond">Items a second so far; null before there is anything to tell.</param>
    /// <param name="SecondsLeft">At that rate; null while the total is unknown.</param>
    public sealed record Row(SyncRun Run, string Name, double? PerSecond, double? SecondsLeft)
    {
        public bool IsOpen => Run.FinishedAt is null;
    }

    /// <summary>The latest run of each connector that reads with this connection, in the order they run.</summary>
    public async Task<View> ReadAsync(Guid connectionId, CancellationToken cancellation)
    {
        var latest = await db.SyncRuns.AsNoTracking().Where(r => r.ConnectionId == connectionId)
            .Where(r => !db.SyncRuns.Any(later => later.ConnectionId == connectionId && later.Connector == r.Connector && later.RequestedAt > r.RequestedAt))
            .ToListAsync(cancellation);
        var rows = latest.OrderBy(run => catalog.Find(run.Connector)?.Info.Order ?? int.MaxValue).Select(Measure).ToList();
        return new View(rows.Exists(row => row.IsOpen), rows);
    }

    private Row Measure(SyncRun run)
    {
        var seconds = (clock.GetUtcNow() - (run.StartedAt ?? run.RequestedAt)).TotalSeconds;
        double? rate = run.IsOpen && run.DoneItems > 0 && seconds > 2 ? run.DoneItems / seconds : null;
        double? left = rate is not null && run.TotalItems > run.DoneItems ? (run.TotalItems - run.DoneItems) / rate : null;
        return new Row(run, catalog.Find(run.Connector)?.Info.Name ?? run.Connector, rate, left);
    }
}
