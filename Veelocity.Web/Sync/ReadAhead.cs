using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Sync;

/// <summary>
/// Fetches the next batches while the ones before are stored, and hands them over in groups that are worth a transaction. Only a few
/// wait at once: a slow database slows the fetching down, and memory does not grow with the history.
/// </summary>
internal sealed class ReadAhead : IAsyncDisposable
{
    private const int MostWaiting = 16;
    private const int RowsPerGroup = 5_000;

    private readonly Channel<Entry> channel =
        Channel.CreateBounded<Entry>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = false });

    private readonly CancellationTokenSource stop;
    private Task fetching = Task.CompletedTask;

    public ReadAhead(CancellationToken cancellation) => stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

    public void Start(Func<CancellationToken, IAsyncEnumerable<FactBatch>> fetch) => fetching = Task.Run(() => FetchAsync(fetch));

    /// <summary>
    /// Batches in their order, until the connector has no more. A group counts as stored when the next one is asked for. What the connector
    /// throws is thrown here, once everything before it was handed over.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<FactBatch>> GroupsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await channel.Reader.WaitToReadAsync(cancellation))
        {
            var group = new List<FactBatch>();
            TaskCompletionSource? settled = null;
            for (var rows = 0; rows < RowsPerGroup && settled is null && channel.Reader.TryRead(out var entry);)
            {
                if (entry.Batch is { } batch)
                {
                    group.Add(batch);
                    rows += batch.Facts.Sum(RowsOf);
                }
                settled = entry.Settled;
            }
            if (group.Count > 0) yield return group;
            settled?.TrySetResult();
        }
    }

    /// <summary>For the connector, which asks what is stored: answers when everything it has handed over is.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await channel.Writer.WriteAsync(new Entry(null, settled), cancellation);
        await settled.Task.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await fetching;
        stop.Dispose();
    }

    private async Task FetchAsync(Func<CancellationToken, IAsyncEnumerable<FactBatch>> fetch)
    {
        try
        {
            await foreach (var batch in fetch(stop.Token)) await channel.Writer.WriteAsync(new Entry(batch, null), stop.Token);
            channel.Writer.Complete();
        }
        catch (Exception ended)
        {
            // Whatever it is, it belongs to whoever reads the groups.
            channel.Writer.Complete(ended);
        }
    }

    private static int RowsOf(Fact fact) => fact switch
    {
        PullRequestFact pull => 1 + pull.Reviews.Count,
        WorkflowRunFact run => 1 + (run.Jobs?.Count ?? 0),
        EnvironmentDeploymentFact deployment => 1 + deployment.Statuses.Count,
        _ => 1,
    };

    private sealed record Entry(FactBatch? Batch, TaskCompletionSource? Settled);
}
