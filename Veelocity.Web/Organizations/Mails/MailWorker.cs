namespace Veelocity.Web.Organizations.Mails;

/// <summary>Sends the mails that are due, in every instance: they share the work by claims on the rows.</summary>
internal sealed partial class MailWorker(IServiceScopeFactory scopes, TimeProvider time, ILogger<MailWorker> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenPrunings = TimeSpan.FromHours(6);
    private DateTimeOffset prunedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = BetweenLooks;
            try
            {
                await SendDueAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break; // What was in hand is taken up again.
            }
            catch (Exception failed)
            {
                LogAway(failed);
                pause = AfterTrouble;
            }
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendDueAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<MailQueue>();
        while (await queue.SendNextAsync(stopping))
        {
        }
        if (time.GetUtcNow() - prunedAt < BetweenPrunings) return;
        prunedAt = time.GetUtcNow();
        await queue.PruneAsync(stopping);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mails could not be sent; looking again soon")]
    private partial void LogAway(Exception away);
}
