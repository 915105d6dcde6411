namespace Veelocity.Web.Metrics.Planning;

/// <summary>How much was planned and how much of it was completed, day by day.</summary>
/// <param name="AtStart">At the end of the first day; null when nothing was recorded.</param>
/// <param name="Now">At the end of the last day recorded.</param>
/// <param name="Added">What the scope grew by after the first day, summed over the days on which it grew.</param>
/// <param name="Removed">What it shrank by, summed over the days on which it shrank.</param>
/// <param name="Completed">At the end of the last day recorded.</param>
public sealed record ScopeOverTime(double? AtStart, double? Now, double Added, double Removed, double? Completed)
{
    /// <summary>Between 0 and 1; null without scope.</summary>
    public double? Share => Now is > 0 and var scope && Completed is { } done ? Math.Min(1, done / scope) : null;

    public static ScopeOverTime Of(IReadOnlyList<double> scope, IReadOnlyList<double> completed)
    {
        double added = 0, removed = 0;
        for (var day = 1; day < scope.Count; day++)
        {
            var step = scope[day] - scope[day - 1];
            if (step > 0) added += step;
            else removed -= step;
        }
        return new(scope.Count > 0 ? scope[0] : null, scope.Count > 0 ? scope[^1] : null, added, removed, completed.Count > 0 ? completed[^1] : null);
    }
}
