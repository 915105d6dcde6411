using Veelocity.Web.Metrics.Planning;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Planning;

/// <summary>Scope and what of it was completed: of a team's cycles side by side, and of one cycle day by day.</summary>
internal static class CycleCharts
{
    private const int Most = 12;

    /// <param name="cycles">Of one team, the latest first.</param>
    public static ChartView? OfCycles(string csv, IReadOnlyList<Cycles.Item> cycles)
    {
        Cycles.Item[] shown = [.. cycles.Where(c => c.Issues.Now is not null).Take(Most).Reverse()];
        Cycles.Item[] over = [.. shown.Where(c => c.Standing == CycleStanding.Over && c.Issues.Share is not null)];
        if (shown.Length < 2) return null;
        var title = over.Length == 0 ? "No cycle is over yet" : $"{Numbers.Rate(over.Average(c => c.Issues.Share!.Value))} of the scope was completed, on average of {Numbers.Count(over.Length, "cycle")}";
        return new ChartView(
            "cycles-chart", title, "Issues in each cycle at its end, and how many of them were completed",
            $"Issues completed by cycle, from {shown[0].NameForPeople} to {shown[^1].NameForPeople}. {title}.",
            new ChartData(
                "Cycle", [.. shown.Select(c => c.NameForPeople)], [.. shown.Select(c => c.Standing == CycleStanding.Running)], "",
                [
                    Series("Completed", "teal", ChartSeries.Bars, shown.Select(c => c.Issues.Completed)),
                    Series("Scope", "navy", ChartSeries.Line, shown.Select(c => c.Issues.Now)),
                    Series("Scope at start", "grey", ChartSeries.Line, shown.Select(c => c.Issues.AtStart)) with { Dashed = true },
                ],
                [.. shown.Select(c => $"../cycles/{c.Id}")]),
            csv);
    }

    public static ChartView? OfDays(Cycles.Life life, Dates dates, string csv)
    {
        if (life.Days.Count < 2) return null;
        var isRunning = life.Cycle.Standing == CycleStanding.Running;
        return new ChartView(
            "progress-chart", PlanningWords.Headline(life.Cycle), "Issues in the cycle and issues completed, at the end of each day",
            $"Scope and completed issues by day. {PlanningWords.Headline(life.Cycle)}.",
            new ChartData(
                "Day", [.. life.Days.Select(d => Dates.Day(dates.DayOf(d.At)))], [.. life.Days.Select((_, at) => isRunning && at == life.Days.Count - 1)], "",
                [
                    Series("Completed", "teal", ChartSeries.Line, life.Days.Select(d => d.Completed)),
                    Series("Scope", "navy", ChartSeries.Line, life.Days.Select(d => (double?)d.Issues)),
                ]),
            csv);
    }

    public static ChartView? OfWeeks(Projects.Life life, Dates dates, string csv)
    {
        if (life.Weeks.Count < 2) return null;
        var project = life.Project;
        var added = project.AddedAfterStart is > 0 and var late ? $"; {Numbers.Count(late, "issue")} of its scope came after the start" : "";
        var title = project.Share is { } share ? $"{Numbers.Rate(share)} of its scope is completed{added}" : "Nothing is planned in it";
        return new ChartView(
            "progress-chart", title, "Issues that were in scope and issues completed, week by week", $"Scope and completed issues by week. {title}.",
            new ChartData(
                "Week to", [.. life.Weeks.Select(w => Dates.Day(dates.DayOf(w.At)))], [.. life.Weeks.Select(w => w.IsPartial)], "",
                [
                    Series("Completed", "teal", ChartSeries.Line, life.Weeks.Select(w => (double?)w.Completed)),
                    Series("Scope", "navy", ChartSeries.Line, life.Weeks.Select(w => (double?)w.Issues)),
                ]),
            csv);
    }

    private static ChartSeries Series(string name, string colour, string kind, IEnumerable<double?> values)
    {
        double?[] all = [.. values];
        return new ChartSeries(name, colour, kind, all, [.. all.Select(PlanningWords.Amount)]);
    }
}
