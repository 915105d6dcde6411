using Coravel;
using Coravel.Invocable;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Requests the syncs that nobody asks for: incremental ones through the day, a full one at night.</summary>
public sealed class ScheduledSync(VeelocityDb db, SyncRequests requests, bool isFull) : IInvocable
{
    public async Task Invoke()
    {
        var connections = await db.Connections.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(c => c.ProtectedSecret != null && c.RefusedAt == null)
            .Select(c => new { c.OrganizationId, c.Id })
            .ToListAsync();
        foreach (var connection in connections)
            await requests.RequestAsync(connection.OrganizationId, connection.Id, SyncTrigger.Schedule, isFull, CancellationToken.None);
    }

    internal static void Start(IServiceProvider services, SyncOptions options)
    {
        if (options.EveryMinutes == 0) return;
        var cron = options.EveryMinutes < 60 ? $"*/{options.EveryMinutes} * * * *" : $"0 */{Math.Min(options.EveryMinutes / 60, 23)} * * *";
        services.UseScheduler(scheduler =>
        {
            scheduler.ScheduleWithParams<ScheduledSync>(false).Cron(cron);
            scheduler.ScheduleWithParams<ScheduledSync>(true).DailyAtHour(options.FullAtHour);
        });
    }
}
