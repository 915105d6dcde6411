using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Pages.Shared;

namespace Veelocity.Web.Pages.Dora;

/// <summary>The four metrics side by side, and how they moved together.</summary>
internal sealed class IndexModel(
    PageFilterReader filters, VeelocityDb db, DoraCards cards, DeploymentFrequency frequency, LeadTimeForChanges leadTime, ChangeFailureRate failureRate,
    TimeToRecovery recovery, ReworkRate rework) : DoraPage(filters, db)
{
    public IReadOnlyList<Kpi> Cards { get; private set; } = [];
    public Multiples Chart { get; private set; } = null!;
    public QuickCheck QuickCheck { get; private set; } = null!;

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        var grouping = Buckets.Chosen(Chosen, Request);
        var (period, filter) = (Chosen.Period, Chosen.Filter);
        Chart = OverviewChart.Of(Chosen, grouping,
            await frequency.ByTimeAsync(period, filter, grouping, cancellation), await leadTime.ByTimeAsync(period, filter, grouping, cancellation),
            await failureRate.ByTimeAsync(period, filter, grouping, cancellation), await recovery.ByTimeAsync(period, filter, grouping, cancellation));
        if (Request.Query.ContainsKey("csv")) return await ShowAsync(cancellation, (Chart.Id, Chart.Rows()));
        var answers = await cards.AskAsync(Chosen, cancellation);
        Cards = await cards.DrawAsync(Chosen, answers, cancellation);
        QuickCheck = QuickCheck.Of(filter, answers.Frequency, answers.LeadTime, answers.FailureRate, answers.Recovery, await rework.AskAsync(period, filter, cancellation));
        return Page();
    }
}
