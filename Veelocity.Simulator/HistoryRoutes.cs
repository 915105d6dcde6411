using Veelocity.Simulator.Histories;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator;

/// <summary>Lets the world live on over HTTP: by chance, by a named change, or only in time.</summary>
internal static class HistoryRoutes
{
    /// <summary>So many changes by chance; with <c>secondsBetween</c> the clock moves on before each.</summary>
    public sealed record LiveOrder(int Steps = 1, int Seed = 1, int SecondsBetween = 0, IReadOnlyList<string>? Only = null);

    /// <summary>One change of a kind, narrowed as the target says.</summary>
    public sealed record ChangeOrder(string Kind, string? Repository = null, int? Number = null, long? Id = null, string? Outcome = null, string? Name = null, int Seed = 1);

    /// <summary>Moves the clock on, by an amount or to a moment.</summary>
    public sealed record ClockOrder(double AdvanceSeconds = 0, DateTimeOffset? To = null);

    public static IResult Live(LiveOrder order, World world, SteerableClock clock) => Try(() =>
    {
        var history = new RandomHistory(world, order.Seed, order.Only);
        var changes = new List<Change>();
        for (var step = 0; step < order.Steps; step++)
        {
            clock.Advance(TimeSpan.FromSeconds(order.SecondsBetween));
            changes.Add(history.Step(clock.GetUtcNow()));
        }

        return Results.Json(changes);
    });

    public static IResult Change(ChangeOrder order, World world, SteerableClock clock) => Try(() =>
    {
        var target = new ChangeTarget { Repository = order.Repository, Number = order.Number, Id = order.Id, Outcome = order.Outcome, Name = order.Name };
        return RandomHistory.Apply(world, order.Kind, target, clock.GetUtcNow(), order.Seed) is { } change
            ? Results.Json(change)
            : Results.Json(new { error = "Nothing in the world fits this." }, statusCode: StatusCodes.Status409Conflict);
    });

    public static IResult MoveClock(ClockOrder order, SteerableClock clock)
    {
        clock.Advance(TimeSpan.FromSeconds(order.AdvanceSeconds));
        if (order.To is { } moment)
            clock.AdvanceTo(moment);
        return Results.Json(new { now = clock.GetUtcNow() });
    }

    private static IResult Try(Func<IResult> act)
    {
        try
        {
            return act();
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException)
        {
            return Results.Json(new { error = refused.Message }, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
