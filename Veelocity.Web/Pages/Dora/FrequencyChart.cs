using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Dora;

/// <summary>Deployments as bars, with the period before as a thin line.</summary>
internal static class FrequencyChart
{
    public static ChartView Of(
        PageFilter chosen, Grouping grouping, DeploymentFrequency.Answer answer,
        IReadOnlyList<DeploymentFrequency.Group> groups, IReadOnlyList<DeploymentFrequency.Group> before)
    {
        var under = Buckets.Under(before, groups.Count);
        var title = answer.Total == 0 ? "Nothing was deployed in this period" : Moved.Title("Deployment frequency", answer.Trend, Numbers.Frequency(answer.PerDay));
        var words = $"Deployments by {grouping.Unit}: {Numbers.Count(answer.Total, "deployment")} in all, at most {groups.Max(g => g.Count)} in one {grouping.Unit}; "
            + $"{Numbers.Count(answer.PreviousTotal)} in the period before.";
        return new ChartView("frequency-chart", title, $"Successful production deployments by {grouping.Unit}", words,
            new ChartData(
                Buckets.First(grouping),
                [.. groups.Select(g => Buckets.Label(grouping, g.Start!.Value))],
                [.. groups.Select(g => g.IsPartial)],
                "",
                [
                    new("Deployments", "navy", ChartSeries.Bars, [.. groups.Select(g => (double?)g.Count)], [.. groups.Select(g => Numbers.Count(g.Count))]),
                    new("Period before", "grey", ChartSeries.Line, [.. under.Select(g => (double?)g?.Count)],
                        [.. under.Select(g => g is null ? "—" : Numbers.Count(g.Count))], Dashed: true),
                ],
                Buckets.Hrefs(chosen, ExplainedMetric.DeploymentFrequency, grouping, groups.Select(g => g.Start))),
            Buckets.Csv(chosen, "/dora/deployment-frequency", grouping, "frequency-chart"));
    }
}
