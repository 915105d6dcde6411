using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Shared;

/// <summary>How a bucket is called on an axis, and the address of its explanation.</summary>
internal static class Buckets
{
    public static string First(Grouping grouping) => grouping.Unit switch { "week" => "Week", "month" => "Month", _ => "Day" };

    public static string Label(Grouping grouping, DateOnly start) =>
        grouping.Unit == "month" ? Dates.Month(start) : Dates.Day(start);

    /// <summary>Why each bucket is what it is, in order.</summary>
    public static IReadOnlyList<string?> Hrefs(
        PageFilter chosen, ExplainedMetric metric, Grouping grouping, IEnumerable<DateOnly?> starts, Figure figure = Figure.Headline, string? show = null) =>
        [.. starts.Select(start => start is { } day ? Why.OfBucket(chosen, metric, grouping, day, figure, show) : null)];

    /// <summary>What a chart shows, as a file.</summary>
    public static string Csv(PageFilter chosen, string path, Grouping grouping, string id) => chosen.Address(path, ("by", grouping.Unit), ("csv", id));

    /// <summary>The grouping that the address asks for with <c>by</c>, or the one that suits the period.</summary>
    public static Grouping Chosen(PageFilter chosen, HttpRequest request) => Grouping.Parse(request.Query["by"]) ?? Grouping.For(chosen.Period);

    /// <summary>The previous period's values under this one's buckets, first to first.</summary>
    public static IReadOnlyList<T?> Under<T>(IReadOnlyList<T> before, int count) where T : class =>
        [.. Enumerable.Range(0, count).Select(i => i < before.Count ? before[i] : null)];
}
