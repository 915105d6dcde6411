using Npgsql;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>
/// Beside a run at work: leaves a sign of life on its row and looks whether somebody cancelled it, so that neither depends on how long
/// the provider takes for an answer.
/// </summary>
internal sealed class RunWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource reading;
    private readonly CancellationTokenSource watching = new();
    private readonly Task looking;

    public RunWatch(DatabaseDoor database, SyncRun run, TimeProvider time, CancellationToken cancellation)
    {
        reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        looking = LookAsync(database, run.Id, run.OrganizationId, time);
    }

    /// <summary>Ends the reading: cancelled by somebody, or by the process that stops.</summary>
    public CancellationToken Reading => reading.Token;

    public bool IsCancelRequested { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await watching.CancelAsync();
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        watching.Dispose();
        reading.Dispose();
    }

    private async Task LookAsync(DatabaseDoor database, Guid runId, Guid organizationId, TimeProvider time)
    {
        while (!IsCancelRequested)
        {
            await Task.Delay(Interval, time, watching.Token);
            try
            {
                await using var connection = await database.OpenAsync(organizationId, watching.Token);
                await using var command = new NpgsqlCommand(
                    "UPDATE sync_runs SET heartbeat_at = $1 WHERE id = $2 AND finished_at IS NULL RETURNING cancel_requested_at IS NOT NULL", connection);
                command.Parameters.AddWithValue(time.GetUtcNow());
                command.Parameters.AddWithValue(runId);
                IsCancelRequested = await command.ExecuteScalarAsync(watching.Token) is true;
            }
            catch (NpgsqlException)
            {
                // The run itself meets a database that is away; here it is only looked at again.
            }
        }
        await reading.CancelAsync();
    }
}
