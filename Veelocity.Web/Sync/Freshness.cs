using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>How fresh an organization's numbers are: as of when everything that is connected was read, and what is wrong with that.</summary>
/// <param name="AsOf">What happened before this instant has been read, by every connector; null while one has never been through.</param>
/// <param name="IsRunning">A sync is at work or waits for its turn.</param>
/// <param name="ParkedUntil">A sync waits for a rate limit.</param>
/// <param name="IsStale">Older than the schedule allows, and nobody is at it.</param>
/// <param name="Failure">Why the last sync of a connector did not end well; null when all did.</param>
/// <param name="Parts">The same, connector by connector.</param>
public sealed record Freshness(
    DateTimeOffset? AsOf, bool IsRunning, DateTimeOffset? ParkedUntil, bool IsStale, string? Failure, IReadOnlyList<Freshness.Part> Parts)
{
    public sealed record Part(string Connector, DateTimeOffset? AsOf, bool IsStale);

    /// <summary>Whether someone who reads the numbers has to be told.</summary>
    public bool NeedsAWord => IsStale || Failure is not null;

    /// <summary>Asks the logs, one index look-up per connector.</summary>
    public sealed class Reader(VeelocityDb db, ConnectorCatalog catalog, SyncSchedule schedule, TimeProvider time)
    {
        // A run without a sign of life is not being worked at, however open it is.
        private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

        private sealed record Standing(
            string Connector, DateTimeOffset? DoneAsOf, bool HasEndedBadly, string? Error, DateTimeOffset? OpenSignAt, DateTimeOffset? ParkedUntil);

        /// <summary>Null when nothing is connected.</summary>
        public async Task<Freshness?> ReadAsync(Guid organizationId, CancellationToken cancellation)
        {
            var standings = await StandingsAsync(organizationId, cancellation);
            if (standings.Count == 0) return null;
            var now = time.GetUtcNow();
            DateTimeOffset? asOf = standings.Exists(s => s.DoneAsOf is null) ? null : standings.Min(s => s.DoneAsOf);
            var parked = standings.Max(s => s.ParkedUntil > now ? s.ParkedUntil : null);
            var isRunning = parked is null && standings.Exists(s => now - s.OpenSignAt < Silence);
            var bad = standings.Find(s => s.HasEndedBadly);
            return new Freshness(
                asOf, isRunning, parked, !isRunning && IsStale(asOf, now),
                bad is null ? null : $"{catalog.Find(bad.Connector)?.Info.Name ?? bad.Connector}: {bad.Error ?? "the sync did not finish."}",
                [.. standings.Select(s => new Part(s.Connector, s.DoneAsOf, IsStale(s.DoneAsOf, now)))]);
        }

        private bool IsStale(DateTimeOffset? asOf, DateTimeOffset now) => asOf is null || schedule.IsStale(asOf.Value, now);

        private async Task<List<Standing>> StandingsAsync(Guid organizationId, CancellationToken cancellation)
        {
            var (connectors, kinds) = (catalog.All.Select(c => c.Info.Kind).ToArray(), catalog.All.Select(c => c.Info.CredentialsOf).ToArray());
            return await db.Database.SqlQuery<Standing>($"""
                SELECT known.connector, done.started_at AS done_as_of, COALESCE(ended.outcome NOT IN ('done', 'cancelled'), FALSE) AS has_ended_badly,
                    ended.error, open.sign_at AS open_sign_at, open.parked_until
                FROM connections c
                JOIN unnest({connectors}, {kinds}) AS known(connector, kind) ON known.kind = c.kind
                LEFT JOIN LATERAL (
                    SELECT r.started_at FROM sync_runs r
                    WHERE r.connection_id = c.id AND r.connector = known.connector AND r.outcome = 'done'
                    ORDER BY r.requested_at DESC LIMIT 1) done ON TRUE
                LEFT JOIN LATERAL (
                    SELECT r.outcome, r.error FROM sync_runs r
                    WHERE r.connection_id = c.id AND r.connector = known.connector AND r.finished_at IS NOT NULL
                    ORDER BY r.requested_at DESC LIMIT 1) ended ON TRUE
                LEFT JOIN LATERAL (
                    SELECT greatest(r.heartbeat_at, r.requested_at) AS sign_at, r.parked_until FROM sync_runs r
                    WHERE r.connection_id = c.id AND r.connector = known.connector AND r.finished_at IS NULL
                    ORDER BY r.parked_until DESC NULLS LAST LIMIT 1) open ON TRUE
                WHERE c.organization_id = {organizationId} AND c.protected_secret IS NOT NULL
                """).ToListAsync(cancellation);
        }
    }
}
