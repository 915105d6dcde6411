using Coravel;
using Coravel.Invocable;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>
/// Requests the syncs that nobody asks for: incremental ones through the day, a full one at night. What is due follows from the logs, not
/// from having been awake at that minute: a sync missed while nobody ran is caught up, and several instances ask only once.
/// </summary>
public sealed class ScheduledSync(VeelocityDb db, ConnectorCatalog catalog, SyncRequests requests, SyncSchedule schedule, TimeProvider time) : IInvocable
{
    private sealed record Standing(Guid OrganizationId, Guid ConnectionId, string Connector, DateTimeOffset LastAt, DateTimeOffset LastFullAt);

    public async Task Invoke()
    {
        if (!schedule.IsOn) return;
        var now = time.GetUtcNow();
        foreach (var standing in await ReadAsync(now))
        {
            // The first sync after connecting reads everything.
            var isFull = schedule.IsFullDue(standing.LastFullAt, now);
            if (!isFull && !schedule.IsIncrementalDue(standing.LastAt, now)) continue;
            db.Scope = RowScope.Of(standing.OrganizationId);
            await requests.RequestAsync(
                standing.OrganizationId, standing.ConnectionId, SyncTrigger.Schedule, isFull, CancellationToken.None, standing.Connector);
        }
    }

    // What was asked for by a clock that was ahead does not keep others waiting until then.
    private async Task<List<Standing>> ReadAsync(DateTimeOffset now)
    {
        var (connectors, kinds) = (catalog.All.Select(c => c.Info.Kind).ToArray(), catalog.All.Select(c => c.Info.CredentialsOf).ToArray());
        using var installation = db.ForInstallation();
        return await db.Database.SqlQuery<Standing>($"""
            SELECT c.organization_id, c.id AS connection_id, known.connector,
                coalesce(
                    (SELECT max(r.requested_at) FROM sync_runs r
                     WHERE r.connection_id = c.id AND r.connector = known.connector AND r.requested_at <= {now}),
                    connected.at) AS last_at,
                coalesce(
                    (SELECT max(r.requested_at) FROM sync_runs r
                     WHERE r.connection_id = c.id AND r.connector = known.connector AND r.requested_at <= {now} AND r.is_full),
                    connected.at) AS last_full_at
            FROM connections c
            JOIN unnest({connectors}, {kinds}) AS known(connector, kind) ON known.kind = c.kind
            CROSS JOIN LATERAL (SELECT CASE WHEN c.connected_at <= {now} THEN c.connected_at ELSE 'epoch' END AS at) connected
            WHERE c.protected_secret IS NOT NULL AND c.refused_at IS NULL
            ORDER BY last_at
            """).ToListAsync();
    }

    internal static void Start(IServiceProvider services) =>
        services.UseScheduler(scheduler => scheduler.Schedule<ScheduledSync>().EveryMinute().PreventOverlapping(nameof(ScheduledSync)));
}
