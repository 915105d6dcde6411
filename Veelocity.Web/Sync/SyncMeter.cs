using System.Diagnostics;
using System.Diagnostics.Metrics;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Tells the metrics how syncs end, how long they take and what they read, and the traces what they consist of.</summary>
public sealed class SyncMeter
{
    private static readonly ActivitySource Activities = new("Veelocity.Sync");

    private readonly Histogram<double> duration;
    private readonly Counter<long> items;
    private readonly Counter<long> changedRows;

    public SyncMeter(IMeterFactory meters)
    {
        var meter = meters.Create("Veelocity.Sync");
        duration = meter.CreateHistogram("veelocity.sync.duration", "s", "From a sync's first start to its end, with the time it was parked.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 5, 15, 60, 300, 900, 3600, 14400] });
        items = meter.CreateCounter<long>("veelocity.sync.items", "{item}", "Items that ended syncs read, by kind.");
        changedRows = meter.CreateCounter<long>("veelocity.sync.changed_rows", "{row}", "Rows that ended syncs found new or different.");
    }

    /// <summary>A part of a sync in the traces; null when nobody listens.</summary>
    public static Activity? Start(string part, SyncRun run) => Activities.StartActivity(part)?
        .SetTag("veelocity.connector", run.Connector)
        .SetTag("veelocity.organization_id", run.OrganizationId)
        .SetTag("veelocity.sync_run_id", run.Id);

    /// <summary>Counts a run that has ended; one that is parked is counted when it ends.</summary>
    public void Count(SyncRun run)
    {
        if (run is not { Outcome: { } outcome, FinishedAt: { } finished }) return;
        var connector = new KeyValuePair<string, object?>("connector", run.Connector);
        duration.Record((finished - (run.StartedAt ?? finished)).TotalSeconds, connector, new("outcome", outcome.ToString().ToLowerInvariant()));
        foreach (var (kind, count) in run.Items) items.Add(count, connector, new("kind", kind));
        changedRows.Add(run.ChangedRows, connector);
    }
}
