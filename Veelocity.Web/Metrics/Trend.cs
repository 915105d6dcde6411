namespace Veelocity.Web.Metrics;

/// <summary>How a value moved against the previous period.</summary>
/// <param name="Change">Relative: 0.1 is 10 % more; null when there is nothing to compare (M3) or too little to say so (M4).</param>
/// <param name="IsNew">There was nothing before, and there is now (M3).</param>
public sealed record Trend(double? Change, bool IsNew)
{
    /// <summary>Below this many items a value is shown without band or trend (M4).</summary>
    public const int FewestItems = 5;

    public static readonly Trend None = new(null, IsNew: false);

    public static Trend Of(double? current, long currentCount, double? previous, long previousCount)
    {
        if (current is null || previous is null || currentCount < FewestItems) return None;
        if (previous == 0) return current > 0 ? new Trend(null, IsNew: true) : None;
        return previousCount < FewestItems ? None : new Trend((current - previous) / previous, IsNew: false);
    }
}
