using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Dora;

/// <summary>How long incidents last, by time and severity, where the time goes, and which are open.</summary>
internal sealed class RecoveryModel(PageFilterReader filters, VeelocityDb db, TimeToRecovery recovery, IncidentItems items) : DoraPage(filters, db)
{
    private const int Latest = 10;

    public Grouping Grouping { get; private set; } = null!;
    public TimeToRecovery.Answer Answer { get; private set; } = null!;
    public ChartView Chart { get; private set; } = null!;
    public IReadOnlyList<TimeToRecovery.OfSeverity> Severities { get; private set; } = [];
    public TeamTable? Teams { get; private set; }
    public static string NameOf(IncidentSeverity? severity) => severity?.ToString() ?? "Not stated";

    private static FigureRow Row(TimeToRecovery.OfSeverity of, string measure, double? seconds) =>
        new(NameOf(of.Severity), measure, seconds, "s", seconds is { } s ? Durations.Short(s) : "no data", Partial: false);

    public Page<IncidentItems.Item> Open { get; private set; } = null!;
    public Page<IncidentItems.Item> Recent { get; private set; } = null!;

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        var (period, filter, few) = (Chosen.Period, Chosen.Filter, new PageRequest(1, Latest));
        Grouping = Buckets.Chosen(Chosen, Request);
        Answer = await recovery.AskAsync(period, filter, cancellation);
        Chart = StabilityCharts.Recovery(Chosen, Grouping, Answer, await recovery.ByTimeAsync(period, filter, Grouping, cancellation));
        Severities = await recovery.BySeverityAsync(period, filter, cancellation);
        if (Chosen.AsksForTeams) Teams = TeamTable.Of(Chosen, Grouping, await recovery.ByTeamAsync(period, filter, cancellation));
        Open = await items.AskAsync(period: null, filter, new IncidentItems.Selection(IsOpen: true), few, cancellation);
        Recent = await items.AskAsync(period, filter, new IncidentItems.Selection(IsOpen: false), few, cancellation);
        return await ShowAsync(
            cancellation, (Chart.Id, Chart.Rows()), (TeamTable.Id, Teams?.Figures ?? []),
            ("by-severity", Severities.SelectMany(s => new FigureRow[]
            {
                Row(s, "Mean", s.Mean), Row(s, "Median", s.Median),
                new(NameOf(s.Severity), "Resolved", s.Count, "", Numbers.Count(s.Count), Partial: false), new(NameOf(s.Severity), "Open", s.Open, "", Numbers.Count(s.Open), Partial: false),
            })));
    }
}
