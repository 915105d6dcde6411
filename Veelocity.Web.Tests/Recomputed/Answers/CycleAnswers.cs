using System.Text.Json.Nodes;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Cycle time (M27) and the share of linked pull requests (M31).</summary>
internal sealed class CycleAnswers(Recomputation all, Days days, DevelopmentAnswers development)
{
    public JsonObject CycleTime(WorkScope scope, string groupBy)
    {
        var merged = development.Merged(scope, days.Whole).ToList();
        var linked = merged.Count(p => all.Links.Any(link => link.Pull == p.Id));
        return Wording.Say(new
        {
            Metric = "cycle_time",
            StartDate = days.First,
            EndDate = days.Last,
            TimeZone = days.ZoneId,
            Unit = "seconds",
            CreatedToMerged = DevelopmentAnswers.Spread(Delivered(scope, days.Whole), Delivered(scope, days.Before)),
            StartedToCompleted = DevelopmentAnswers.Spread(Worked(scope, days.Whole), Worked(scope, days.Before)),
            Jumped = development.Completed(scope, days.Whole).Count(i => i.StartedAt is null),
            Canceled = all.Issues.Count(i => i is { IsCanceled: true, Issue: { IsTrashed: false, CanceledAt: { } at } } && days.Whole.Holds(at) && development.Work.IsAsked(i, scope)),
            LinkedPullRequests = new { Value = Sums.Ratio(linked, merged.Count), Count = linked, Total = merged.Count },
            Groups = Wording.Say(development.Work.Parts(groupBy).Select(part => (part, Delivered: Delivered(scope, part.In, part), Worked: Worked(scope, part.In, part)))
                .Where(g => g.part.Start is not null || groupBy == "team" || g.Delivered.Count + g.Worked.Count > 0)
                .Select(g => new
                {
                    g.part.Key,
                    g.part.Label,
                    g.part.Start,
                    g.Delivered.Count,
                    Median = g.Delivered.Percentile(0.5),
                    P90 = g.Delivered.Percentile(0.9),
                    StartedToCompletedCount = g.Worked.Count,
                    StartedToCompletedMedian = g.Worked.Percentile(0.5),
                    StartedToCompletedP90 = g.Worked.Percentile(0.9),
                    g.part.Partial,
                })),
        });
    }

    public List<double> Delivered(WorkScope scope, Stretch stretch, WorkPart? part = null) =>
        [.. all.Issues.Where(i => i.DeliveredAt is { } at && stretch.Holds(at) && development.Work.IsAsked(i, scope) && (part is null || development.Holds(part, i)))
            .Select(i => scope.Seconds(i.Issue.CreatedAt, i.DeliveredAt!.Value))];

    private List<double> Worked(WorkScope scope, Stretch stretch, WorkPart? part = null) =>
        [.. development.Completed(scope, stretch).Where(i => i.StartedAt is not null && (part is null || development.Holds(part, i)))
            .Select(i => scope.Seconds(i.StartedAt!.Value, i.CompletedAt!.Value))];
}
