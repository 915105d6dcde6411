namespace Veelocity.Simulator.Webhooks;

/// <summary>Hooks and deliveries over HTTP.</summary>
internal static class HookRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hooks", (HookRegistry hooks) => Results.Json(hooks.All));
        routes.MapPost("/hooks", (Hook hook, HookRegistry hooks) => Results.Json(hooks.Add(hook), statusCode: StatusCodes.Status201Created));
        routes.MapPut("/hooks/{id:long}", (long id, Hook hook, HookRegistry hooks) => Found(hooks.Replace(id, _ => hook)));
        routes.MapDelete("/hooks/{id:long}", (long id, HookRegistry hooks) => Found(hooks.Remove(id)));
        routes.MapGet("/deliveries", (HookRegistry hooks) => Results.Json(hooks.Deliveries.All.Select(delivery => delivery with { Body = "" })));
        routes.MapGet("/deliveries/{id:long}", (long id, HookRegistry hooks) => hooks.Deliveries.Find(id) is { } delivery ? Results.Json(delivery) : Results.NotFound());
        routes.MapPost("/deliveries/{id:long}/attempts", async (long id, HookRegistry hooks) => Found(await hooks.Redeliver(id)));
    }

    private static IResult Found(bool isFound) => isFound ? Results.NoContent() : Results.NotFound();
}
