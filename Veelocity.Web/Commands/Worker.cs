using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Commands;

/// <summary>Syncs and keeps the schedule without serving pages; beside any number of its kind on one database.</summary>
internal static class Worker
{
    // Longer than the worker's patience between two looks at the queue.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    public static readonly Command Command = new(
        "worker", "", "Syncs and keeps the schedule, without pages or API", "It answers /healthz (it looks for work) and /readyz (the database answers too).")
    {
        Configure = (builder, _) => builder.Configuration["Sync:Worker"] = bool.TrueString,
        RunAsync = async (app, _) =>
        {
            app.MapGet("/healthz", (SyncWorker worker, TimeProvider time) => Answer(LooksForWork(worker, time))).AllowAnonymous();
            app.MapGet("/readyz", async (SyncWorker worker, TimeProvider time, VeelocityDb db, CancellationToken cancellation) =>
                Answer(LooksForWork(worker, time) && await db.Database.CanConnectAsync(cancellation))).AllowAnonymous();
            app.MapFallback(() => TypedResults.NotFound()).AllowAnonymous();
            app.UseSyncSchedule();
            await app.RunAsync();
            return 0;
        },
    };

    private static bool LooksForWork(SyncWorker worker, TimeProvider time) => worker.LookedAt is { } at && time.GetUtcNow() - at < LongestSilence;

    private static IResult Answer(bool isWell) => TypedResults.Json(
        new { status = isWell ? "healthy" : "unhealthy" }, statusCode: isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
