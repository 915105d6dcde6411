using System.Diagnostics.Metrics;
using Npgsql;

namespace Veelocity.Web.Data;

/// <summary>Tells the metrics how much waits in the queues of the database. Every process tells the same numbers: take the maximum, not the sum.</summary>
internal sealed partial class QueueMeter : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);

    private const string Sql = """
        SELECT 'syncs_queued', count(*) FROM sync_runs WHERE finished_at IS NULL AND started_at IS NULL
        UNION ALL SELECT 'syncs_parked', count(*) FROM sync_runs WHERE finished_at IS NULL AND parked_until IS NOT NULL
        UNION ALL SELECT 'syncs_running', count(*) FROM sync_runs WHERE finished_at IS NULL AND started_at IS NOT NULL AND parked_until IS NULL
        UNION ALL SELECT 'webhook_deliveries', count(*) FROM webhook_deliveries WHERE finished_at IS NULL
        UNION ALL SELECT 'mails', count(*) FROM mails WHERE sent_at IS NULL AND given_up_at IS NULL
        """;

    private readonly DatabaseDoor database;
    private readonly TimeProvider time;
    private readonly ILogger<QueueMeter> logger;
    private volatile IReadOnlyList<Measurement<long>> latest = [];

    public QueueMeter(IMeterFactory meters, DatabaseDoor database, TimeProvider time, ILogger<QueueMeter> logger)
    {
        (this.database, this.time, this.logger) = (database, time, logger);
        meters.Create("Veelocity.Queues").CreateObservableGauge("veelocity.queue.length", () => latest, "{item}", "What waits in a queue of the database.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                latest = await CountAsync(stoppingToken);
            }
            catch (Exception away) when (away is NpgsqlException or InvalidOperationException or TimeoutException)
            {
                latest = []; // no number rather than an old one
                LogAway(away);
            }
            await Task.Delay(BetweenLooks, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<Measurement<long>>> CountAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenForInstallationAsync(cancellation);
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var counts = new List<Measurement<long>>();
        while (await reader.ReadAsync(cancellation))
            counts.Add(new Measurement<long>(reader.GetInt64(1), new KeyValuePair<string, object?>("queue", reader.GetString(0))));
        return counts;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The queues could not be counted")]
    private partial void LogAway(Exception away);
}
