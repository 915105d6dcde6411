using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Recordings;
using Veelocity.Simulator.Webhooks;

namespace Veelocity.Simulator;

/// <summary>The simulator's own addresses, which are no part of GitHub: the log, the faults, what happens next, a fresh start.</summary>
internal static class ControlRoutes
{
    private static readonly string[] Roots = ["/control", "/_simulator"];

    public static bool Takes(HttpContext http) => Roots.Any(root => http.Request.Path.StartsWithSegments(root, StringComparison.Ordinal));

    public static void Use(IApplicationBuilder app) => app.UseRouting().UseEndpoints(routes =>
    {
        foreach (var root in Roots)
            Map(routes.MapGroup(root));
    });

    private static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/requests", (RequestLog log) => Results.Json(log.All));
        routes.MapGet("/faults", (Faults faults) => Results.Json(faults.All));
        routes.MapPost("/faults", (Fault fault, Faults faults) =>
        {
            faults.Add(fault);
            return Results.NoContent();
        });
        routes.MapDelete("/faults", (Faults faults) =>
        {
            faults.Clear();
            return Results.NoContent();
        });
        routes.MapPost("/recording", (RecordingServer.Order order, RecordingServer server) => server.Serve(order));
        HookRoutes.Map(routes);
        routes.MapPost("/history", HistoryRoutes.Live);
        routes.MapPost("/changes", HistoryRoutes.Change);
        routes.MapPost("/clock", HistoryRoutes.MoveClock);
        routes.MapPost("/reset", (RequestLog log, Faults faults, RateLimits limits, HookRegistry hooks) =>
        {
            log.Clear();
            faults.Clear();
            limits.Clear();
            hooks.Clear();
            return Results.NoContent();
        });
    }
}
