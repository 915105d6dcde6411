using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Pages.Shared;

namespace Veelocity.Web.Pages.Dora;

/// <summary>The four metrics side by side, and how they moved together.</summary>
internal sealed class IndexModel(
    PageFilterReader filters, VeelocityDb db, DoraCards cards, DeploymentFrequency frequency, LeadTimeForChanges leadTime) : DoraPage(filters, db)
{
    public IReadOnlyList<Kpi> Cards { get; private set; } = [];
    public ChartView Chart { get; private set; } = null!;

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        var grouping = Buckets.Chosen(Chosen, Request);
        Cards = await cards.ReadAsync(Chosen, cancellation);
        Chart = LeadTimeCharts.Combined(Chosen, grouping,
            await frequency.ByTimeAsync(Chosen.Period, Chosen.Filter, grouping, cancellation),
            await leadTime.ByTimeAsync(Chosen.Period, Chosen.Filter, grouping, cancellation));
        return Page();
    }
}
