using Veelocity.Simulator.Gate;

namespace Veelocity.Simulator;

/// <summary>The simulator's own addresses, which are no part of GitHub: the log, the faults, a fresh start.</summary>
internal static class ControlRoutes
{
    public static void Use(IApplicationBuilder app) => app.UseRouting().UseEndpoints(routes =>
    {
        routes.MapGet("/_simulator/requests", (RequestLog log) => Results.Json(log.All));
        routes.MapPost("/_simulator/faults", (Fault fault, Faults faults) =>
        {
            faults.Add(fault);
            return Results.NoContent();
        });
        routes.MapDelete("/_simulator/faults", (Faults faults) =>
        {
            faults.Clear();
            return Results.NoContent();
        });
        routes.MapPost("/_simulator/reset", (RequestLog log, Faults faults, RateLimits limits) =>
        {
            log.Clear();
            faults.Clear();
            limits.Clear();
            return Results.NoContent();
        });
    });
}
