using System.Threading.Channels;

namespace Veelocity.Web.Sync.Webhooks;

/// <summary>Wakes this process's worker when a message came in; those of other processes look for themselves.</summary>
public sealed class WebhookBell
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => bell.Writer.TryWrite(true);

    /// <summary>Answers when the bell rang, or after <paramref name="patience"/>.</summary>
    public async Task WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var rung = bell.Reader.ReadAsync(waiting.Token).AsTask();
        await Task.WhenAny(rung, Task.Delay(patience, time, waiting.Token));
        await waiting.CancelAsync();
        await Task.WhenAny(rung);
        cancellation.ThrowIfCancellationRequested();
    }
}
