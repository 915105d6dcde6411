using CsvHelper;
using Veelocity.Web.Metrics.Planning;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Pages.Planning;

/// <summary>A cycle as a line of a file.</summary>
[CsvRecord]
internal sealed partial record CycleRow(
    [CsvColumn("team")] string Team,
    [CsvColumn("cycle")] string Cycle,
    [CsvColumn("starts_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset StartsAt,
    [CsvColumn("ends_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset EndsAt,
    [CsvColumn("standing")] string Standing,
    [CsvColumn("issues_at_start")] double? IssuesAtStart,
    [CsvColumn("issues")] double? Issues,
    [CsvColumn("issues_completed")] double? IssuesCompleted,
    [CsvColumn("issues_added")] double? IssuesAdded,
    [CsvColumn("issues_removed")] double? IssuesRemoved,
    [CsvColumn("points_at_start")] double? PointsAtStart,
    [CsvColumn("points")] double? Points,
    [CsvColumn("points_completed")] double? PointsCompleted)
{
    public static CycleRow Of(Cycles.Item c) => new(
        c.Team, c.NameForPeople, c.StartsAt, c.EndsAt, c.Standing.ToString().ToLowerInvariant(), c.Issues.AtStart, c.Issues.Now, c.Issues.Completed,
        c.Issues.AtStart is null ? null : c.Issues.Added, c.Issues.AtStart is null ? null : c.Issues.Removed, c.Points.AtStart, c.Points.Now, c.Points.Completed);
}
