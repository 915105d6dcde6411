using Coravel;
using Microsoft.Extensions.Options;
using Veelocity.Web.Sync.Webhooks;

namespace Veelocity.Web.Sync;

/// <summary>Registers the sync: requests, the worker that carries them out, and the schedule.</summary>
public static class SyncModule
{
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        services.AddOptions<SyncOptions>().BindConfiguration("Sync").ValidateDataAnnotations().ValidateOnStart();
        services.AddScheduler();
        services.AddSingleton<SyncSignal>().AddSingleton<SyncHistory>().AddSingleton<ConnectionSecrets>();
        services.AddScoped<SyncRequests>().AddScoped<Connections>();
        services.AddScoped<SyncCursors>().AddScoped<CommitGaps>().AddScoped<FactWriter>().AddScoped<SyncRunner>().AddScoped<AfterSync>();
        services.AddHostedService<SyncWorker>();
        services.AddSingleton<WebhookBell>();
        services.AddScoped<WebhookSecrets>().AddScoped<WebhookInbox>().AddScoped<DeliveryQueue>().AddScoped<DeliveryReading>().AddScoped<RepositoryRefresher>();
        services.AddHostedService<WebhookWorker>();
        return services;
    }

    /// <summary>Starts the schedule; the worker starts with the host.</summary>
    public static void UseSyncSchedule(this WebApplication app) =>
        ScheduledSync.Start(app.Services, app.Services.GetRequiredService<IOptions<SyncOptions>>().Value);
}
