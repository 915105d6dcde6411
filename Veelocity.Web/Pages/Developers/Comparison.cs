using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.People;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Developers;

/// <summary>One measure of a person beside their team's: counts for each member, durations pooled over the team.</summary>
internal sealed record Comparison(string Name, string What, double? Own, double? Team, bool IsDuration)
{
    private const string OwnColour = "navy", TeamColour = "grey";

    public Bars OwnBar => Bars.Of(Most, null, ("own", OwnColour, Own ?? 0));
    public Bars TeamBar => Bars.Of(Most, null, ("team", TeamColour, Team ?? 0));

    private double Most => Math.Max(Own ?? 0, Team ?? 0);

    /// <param name="size">Members of the team.</param>
    public static IReadOnlyList<Comparison> Of(DeveloperFigures.Figures own, DeveloperFigures.Figures team, int size)
    {
        return
        [
            Each("Pull requests opened", own.Opened, team.Opened), Each("Pull requests merged", own.Merged, team.Merged), Each("Reviewed for others", own.Given.Reviewed, team.Given.Reviewed),
            .. own.Completed is { } completed ? [Each("Issues completed", completed, team.Completed ?? 0)] : Array.Empty<Comparison>(),
            Median("First review received", own.Received, team.Received), Median("Own first review", own.Given.Time, team.Given.Time), Median("Time to merge", own.Merge, team.Merge),
            .. own.Completed is null ? Array.Empty<Comparison>() : [Median("Cycle time", own.Cycle, team.Cycle)],
        ];

        Comparison Each(string name, long mine, long all) => new(name, "count", mine, (double)all / Math.Max(1, size), IsDuration: false);
    }

    public string Text(double? value) => value is not { } known ? "no data" : IsDuration ? Durations.Short(known) : known == Math.Floor(known) ? Numbers.Count((long)known) : Numbers.TwoFigures(known);

    public IEnumerable<FigureRow> Rows(string person, string team) =>
    [
        new(Name, person, Own, IsDuration ? "s" : "", Text(Own), Partial: false), new(Name, team, Team, IsDuration ? "s" : "", Text(Team), Partial: false),
    ];

    private static Comparison Median(string name, Spread own, Spread team) => new(name, "median", own.P50, team.P50, IsDuration: true);
}
