using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Dora;

/// <summary>How often something reaches production, by time and by repository, with the latest deployments.</summary>
internal sealed class DeploymentFrequencyModel(PageFilterReader filters, VeelocityDb db, DeploymentFrequency frequency, DeploymentItems items)
    : DoraPage(filters, db)
{
    private const int Latest = 10;

    public DeploymentFrequency.Answer Answer { get; private set; } = null!;
    public Grouping Grouping { get; private set; } = null!;
    public ChartView Chart { get; private set; } = null!;
    public IReadOnlyList<DeploymentFrequency.Group> Repositories { get; private set; } = [];
    public TeamTable? Teams { get; private set; }
    public Page<DeploymentItems.Item> Deployments { get; private set; } = null!;

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        Grouping = Buckets.Chosen(Chosen, Request);
        Answer = await frequency.AskAsync(Chosen.Period, Chosen.Filter, cancellation);
        Chart = FrequencyChart.Of(Chosen, Grouping, Answer,
            await frequency.ByTimeAsync(Chosen.Period, Chosen.Filter, Grouping, cancellation),
            await frequency.ByTimeAsync(Chosen.Period.Previous(), Chosen.Filter, Grouping, cancellation));
        if (Chosen.Repository is null) Repositories = await frequency.ByRepositoryAsync(Chosen.Period, Chosen.Filter, cancellation);
        if (Chosen.AsksForTeams) Teams = TeamTable.Of(Chosen, Grouping, await frequency.ByTeamAsync(Chosen.Period, Chosen.Filter, cancellation));
        Deployments = await items.AskAsync(Chosen.Period, Chosen.Filter, DeploymentItems.Selection.All, new PageRequest(1, Latest), cancellation);
        return await ShowAsync(
            cancellation, (Chart.Id, Chart.Rows()), (TeamTable.Id, Teams?.Figures ?? []),
            ("by-repository", Repositories.SelectMany(r => new FigureRow[]
            {
                new(r.Label, "Deployments", r.Count, "", Numbers.Count(r.Count), r.IsPartial), new(r.Label, "Failed", r.Failed, "", Numbers.Count(r.Failed), r.IsPartial),
            })));
    }
}
