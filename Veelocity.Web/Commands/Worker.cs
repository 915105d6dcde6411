using Veelocity.Web.Platform.Observability;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Commands;

/// <summary>Syncs and keeps the schedule without serving pages; beside any number of its kind on one database.</summary>
internal static class Worker
{
    public static readonly Command Command = new(
        "worker", "", "Syncs and keeps the schedule, without pages or API", "It answers /healthz (it looks for work), /readyz (the database answers) and /metrics.")
    {
        Configure = (builder, _) => builder.Configuration["Sync:Worker"] = bool.TrueString,
        RunAsync = async (app, _) =>
        {
            app.UseMetrics();
            app.MapProbes();
            app.MapFallback(() => TypedResults.NotFound()).AllowAnonymous();
            app.UseSyncSchedule();
            await app.RunAsync();
            return 0;
        },
    };
}
