using Coravel;
using Microsoft.Extensions.Options;

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
        return services;
    }

    /// <summary>Starts the schedule; the worker starts with the host.</summary>
    public static void UseSyncSchedule(this WebApplication app) =>
        ScheduledSync.Start(app.Services, app.Services.GetRequiredService<IOptions<SyncOptions>>().Value);
}
