using Npgsql;

namespace Veelocity.Web.Platform.Postgres;

/// <summary>Keeps the embedded PostgreSQL alive while the app runs, and stops it after everything else has stopped.</summary>
internal sealed partial class PostgresLifetime(EmbeddedPostgres postgres, IEnumerable<NpgsqlDataSource> pools, ILogger<PostgresLifetime> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await postgres.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!await postgres.ReviveAsync(stoppingToken))
                    continue;
                LogRevived();
                ForgetConnectionsToTheDead();
            }
            catch (Startup.StartupException e)
            {
                LogDead(e.Message);
            }
        }
    }

    void ForgetConnectionsToTheDead()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (var pool in pools)
            pool.Clear();
    }

    [LoggerMessage(LogLevel.Warning, "The embedded PostgreSQL had died and was started again")]
    partial void LogRevived();

    [LoggerMessage(LogLevel.Error, "The embedded PostgreSQL has died and does not start again, trying on: {Reason}")]
    partial void LogDead(string reason);
}
