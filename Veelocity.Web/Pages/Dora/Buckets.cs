using System.Globalization;
using Veelocity.Web.Metrics;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Dora;

/// <summary>How a bucket is called on an axis, and the address of the rows in it.</summary>
internal static class Buckets
{
    public static string First(Grouping grouping) => grouping.Unit switch { "week" => "Week", "month" => "Month", _ => "Day" };

    public static string Label(Grouping grouping, DateOnly start) =>
        grouping.Unit == "month" ? start.ToString("MMM yyyy", CultureInfo.InvariantCulture) : Dates.Day(start);

    /// <summary>The list at <paramref name="path"/>, narrowed to the part of the bucket that lies in the period.</summary>
    public static string Href(PageFilter chosen, Grouping grouping, DateOnly start, string path)
    {
        var last = grouping.Next(start).AddDays(-1);
        var (from, to) = (start < chosen.Period.FirstDay ? chosen.Period.FirstDay : start, last > chosen.Period.LastDay ? chosen.Period.LastDay : last);
        return chosen.Address(path, ("period", null), ("from", Dates.IsoDay(from)), ("to", Dates.IsoDay(to)));
    }

    /// <summary>The grouping that the address asks for with <c>by</c>, or the one that suits the period.</summary>
    public static Grouping Chosen(PageFilter chosen, HttpRequest request) => Grouping.Parse(request.Query["by"]) ?? Grouping.For(chosen.Period);

    /// <summary>The previous period's values under this one's buckets, first to first.</summary>
    public static IReadOnlyList<T?> Under<T>(IReadOnlyList<T> before, int count) where T : class =>
        [.. Enumerable.Range(0, count).Select(i => i < before.Count ? before[i] : null)];
}
