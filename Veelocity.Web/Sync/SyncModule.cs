using Coravel;
using Microsoft.Extensions.Options;
using Veelocity.Web.Platform.Observability;
using Veelocity.Web.Sync.Webhooks;

namespace Veelocity.Web.Sync;

/// <summary>Registers the sync: requests, the worker that carries them out, and the schedule.</summary>
public static class SyncModule
{
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        services.AddOptions<SyncOptions>().BindConfiguration("Sync").ValidateDataAnnotations().ValidateOnStart();
        services.AddScheduler();
        services.AddSingleton<SyncMeter>();
        services.AddHealthChecks().AddCheck<SyncWorkerCheck>("sync worker", tags: [Probe.Alive]);
        services.AddSingleton<SyncSignal>().AddSingleton<SyncHistory>().AddSingleton<SyncSchedule>().AddSingleton<ConnectionSecrets>();
        services.AddScoped<SyncRequests>().AddScoped<Connections>().AddScoped<ScheduledSync>().AddScoped<Freshness.Reader>().AddScoped<ChatPreview>().AddScoped<PathSync>();
        services.AddSingleton<CredentialRenewal>();
        services.AddScoped<SyncCursors>().AddScoped<CommitGaps>().AddScoped<FactWriter>().AddScoped<BatchStore>().AddScoped<SyncRunner>().AddScoped<FormerNames>().AddScoped<AfterSync>();
        services.AddSingleton<ConnectionWork>().AddSingleton<SyncWorker>().AddHostedService(provider => provider.GetRequiredService<SyncWorker>());
        services.AddSingleton<WebhookBell>().AddHostedService<WebhookWorker>();
        services.AddScoped<WebhookSecrets>().AddScoped<WebhookRegistration>().AddScoped<WebhookInbox>().AddScoped<DeliveryQueue>().AddScoped<DeliveryPlaces>().AddScoped<DeliveryReading>().AddScoped<RepositoryRefresher>();
        return services;
    }

    /// <summary>Starts the schedule, unless syncing is left to others; the worker starts with the host.</summary>
    public static void UseSyncSchedule(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<SyncOptions>>().Value.Worker) ScheduledSync.Start(app.Services);
    }
}
