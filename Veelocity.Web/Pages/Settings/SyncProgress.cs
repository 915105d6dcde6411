using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Settings;

/// <summary>How far the syncs of a connection have come, for people who wait for them.</summary>
internal sealed class SyncProgress(VeelocityDb db, ConnectorCatalog catalog, TimeProvider clock)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <param name="IsRunning">Something is still to come, so the page asks again.</param>
    public sealed record View(bool IsRunning, IReadOnlyList<Row> Rows)
    {
        /// <summary>It ended while the page was watching: the rest of the page is older than that.</summary>
        public bool HasJustEnded { get; init; }

        public bool HasNumbers => Rows.Any(row => row.Run.Outcome == SyncOutcome.Done);
    }

    /// <param name="PerSecond">Items a second lately; null before there is anything to tell.</param>
    /// <param name="SecondsLeft">At that rate; null while the total is unknown.</param>
    /// <param name="IsInterrupted">Whoever carried it out has been silent for long; it goes on when a worker is there.</param>
    public sealed record Row(SyncRun Run, string Name, double? PerSecond, double? SecondsLeft, bool IsInterrupted)
    {
        public bool IsOpen => Run.IsOpen;
    }

    /// <summary>The latest run of each connector that reads with this connection, in the order they run.</summary>
    public async Task<View> ReadAsync(Guid connectionId, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        foreach (var connector in catalog.All)
        {
            var runs = db.SyncRuns.AsNoTracking().Where(r => r.ConnectionId == connectionId && r.Connector == connector.Info.Kind);
            // What is at work comes before what waits behind it.
            var latest = await runs.Where(r => r.FinishedAt == null).OrderBy(r => r.StartedAt == null).ThenBy(r => r.RequestedAt).FirstOrDefaultAsync(cancellation)
                ?? await runs.OrderByDescending(r => r.RequestedAt).FirstOrDefaultAsync(cancellation);
            if (latest is not null) rows.Add(Measure(latest));
        }
        return new View(rows.Exists(row => row.IsOpen), rows);
    }

    /// <summary>The same for a page that asks while something runs.</summary>
    public async Task<View> WatchAsync(Guid connectionId, CancellationToken cancellation)
    {
        var view = await ReadAsync(connectionId, cancellation);
        return view with { HasJustEnded = !view.IsRunning };
    }

    public Row Measure(SyncRun run)
    {
        var now = clock.GetUtcNow();
        return new Row(
            run, catalog.Find(run.Connector)?.Info.Name ?? run.Connector, run.ItemsPerSecond(now), run.SecondsLeft(now),
            run.Status == SyncStatus.Running && now - run.HeartbeatAt > Silence);
    }
}
