namespace Veelocity.Simulator.Gate;

/// <summary>What is left of one hourly budget.</summary>
public sealed record Budget(string Resource, int Limit, int Used, DateTimeOffset ResetAt)
{
    /// <summary>Never below 0.</summary>
    public int Remaining => Math.Max(0, Limit - Used);
}

/// <summary>Hourly budgets of each token: <c>core</c> for REST and <c>graphql</c> in points, apart from each other.</summary>
public sealed class RateLimits(TimeProvider clock)
{
    /// <summary>REST's resource.</summary>
    public const string Core = "core";

    /// <summary>GraphQL's resource.</summary>
    public const string GraphQl = "graphql";

    private readonly Dictionary<(string Token, string Resource), Budget> _budgets = [];
    private readonly Lock _gate = new();

    /// <summary>REST requests an hour; lower it to meet the limit soon.</summary>
    public int CoreLimit { get; set; } = 5_000;

    /// <summary>GraphQL points an hour.</summary>
    public int GraphQlLimit { get; set; } = 5_000;

    internal Budget Charge(Caller caller, string resource, int points)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var limit = resource == Core ? CoreLimit : GraphQlLimit;
            var key = (caller.Token, resource);
            if (!_budgets.TryGetValue(key, out var budget) || budget.ResetAt <= now)
                budget = new Budget(resource, limit, caller.IsExhausted ? limit : 0, now.AddHours(1));
            return _budgets[key] = budget with { Limit = limit, Used = budget.Used + points };
        }
    }

    internal void Clear()
    {
        lock (_gate)
            _budgets.Clear();
    }
}
