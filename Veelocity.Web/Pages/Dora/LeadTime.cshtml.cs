using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Dora;

/// <summary>How long changes take to production, where the time goes, which took longest, and what is not in it.</summary>
internal sealed class LeadTimeModel(PageFilterReader filters, VeelocityDb db, LeadTimeForChanges leadTime, WaitingChanges waiting, ChangeItems items)
    : DoraPage(filters, db)
{
    private const int Slowest = 10;

    public Grouping Grouping { get; private set; } = null!;
    public LeadTimeForChanges.Answer Answer { get; private set; } = null!;
    public ChartView? Trend { get; private set; }
    public ChartView? Histogram { get; private set; }
    public LeadTimeForChanges.Stages Stages { get; private set; } = null!;
    public IReadOnlyList<LeadTimeForChanges.LeftOutCount> LeftOut { get; private set; } = [];
    public WaitingChanges.Answer Waiting { get; private set; } = null!;
    public IReadOnlyList<LeadTimeForChanges.Group> Repositories { get; private set; } = [];
    public TeamTable? Teams { get; private set; }
    public IReadOnlyList<ChangeItems.Item> SlowestChanges { get; private set; } = [];

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        var (period, filter) = (Chosen.Period, Chosen.Filter);
        Grouping = Buckets.Chosen(Chosen, Request);
        Answer = await leadTime.AskAsync(period, filter, cancellation);
        LeftOut = await leadTime.LeftOutAsync(period, filter, cancellation);
        Waiting = await waiting.AskAsync(filter, cancellation);
        if (Answer.Value.Count == 0) return Page();

        Trend = LeadTimeCharts.Trend(Chosen, Grouping, Answer,
            await leadTime.ByTimeAsync(period, filter, Grouping, cancellation),
            await leadTime.ByTimeAsync(period.Previous(), filter, Grouping, cancellation));
        Histogram = LeadTimeCharts.Histogram(Chosen, Grouping, Answer, await leadTime.DistributionAsync(period, filter, cancellation));
        Stages = await leadTime.StagesAsync(period, filter, cancellation);
        if (Chosen.Repository is null) Repositories = await leadTime.ByRepositoryAsync(period, filter, cancellation);
        if (Chosen.AsksForTeams) Teams = TeamTable.Of(Chosen, Grouping, await leadTime.ByTeamAsync(period, filter, cancellation));
        if (Request.Query.ContainsKey("csv"))
            return await ShowAsync(
                cancellation, (Trend.Id, Trend.Rows()), (Histogram.Id, Histogram.Rows()), (TeamTable.Id, Teams?.Figures ?? []),
                ("stages", StageBar.Of(Stages).Select(s => new FigureRow(s.Name, "Mean", s.Seconds, "s", Durations.Short(s.Seconds), Partial: false))),
                ("by-repository", Repositories.SelectMany(r => new FigureRow[]
                {
                    new(r.Label, "Median", r.Median, "s", Durations.Short(r.Median ?? 0), r.IsPartial), new(r.Label, "90th percentile", r.P90, "s", Durations.Short(r.P90 ?? 0), r.IsPartial),
                    new(r.Label, "Pull requests", r.Count, "", Numbers.Count(r.Count), r.IsPartial),
                })));
        SlowestChanges = (await items.AskAsync(
            period, filter, ChangeItems.Selection.Included, ChangeItems.Order.Slowest, new PageRequest(1, Slowest), cancellation)).Items;
        return Page();
    }
}
