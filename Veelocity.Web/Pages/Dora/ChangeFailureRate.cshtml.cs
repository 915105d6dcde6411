using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Dora;

/// <summary>How many releases broke something and what told so, with those releases, and how much of the work was repair.</summary>
internal sealed class ChangeFailureRateModel(
    PageFilterReader filters, VeelocityDb db, ChangeFailureRate rate, ReworkRate rework, DeploymentItems items) : DoraPage(filters, db)
{
    private const int Latest = 10;

    public Grouping Grouping { get; private set; } = null!;
    public ChangeFailureRate.Answer Answer { get; private set; } = null!;
    public ReworkRate.Answer Rework { get; private set; } = null!;
    public ChartView Chart { get; private set; } = null!;
    public IReadOnlyList<(string Name, long Count, string What)> Causes =>
    [
        ("Incident", Answer.Now.ByIncident, "an incident is linked to the release"),
        ("Rollback", Answer.Now.ByRollback, "the commit before it was deployed again"),
        ("Revert", Answer.Now.ByRevert, "a pull request in it was reverted after it was deployed"),
    ];

    public IReadOnlyList<(string Name, long Count, string What)> Kinds =>
    [
        ("Rollback", Rework.Now.Rollbacks, "took a release back"),
        ("Incident fix", Rework.Now.IncidentFixes, "ended an incident"),
        ("Revert", Rework.Now.Reverts, "brought the revert of something deployed"),
        ("Hotfix", Rework.Now.Hotfixes, "calls itself one by title, branch or label"),
    ];

    public IReadOnlyList<ChangeFailureRate.Group> Repositories { get; private set; } = [];
    public TeamTable? Teams { get; private set; }
    public Page<DeploymentItems.Item> Failed { get; private set; } = null!;

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        Grouping = Buckets.Chosen(Chosen, Request);
        Answer = await rate.AskAsync(Chosen.Period, Chosen.Filter, cancellation);
        Rework = await rework.AskAsync(Chosen.Period, Chosen.Filter, cancellation);
        Chart = StabilityCharts.FailureRate(
            Chosen, Grouping, Answer, await rate.ByTimeAsync(Chosen.Period, Chosen.Filter, Grouping, cancellation));
        if (Chosen.Repository is null) Repositories = await rate.ByRepositoryAsync(Chosen.Period, Chosen.Filter, cancellation);
        if (Chosen.AsksForTeams)
        {
            Teams = TeamTable.Of(
                Chosen, Grouping, await rate.ByTeamAsync(Chosen.Period, Chosen.Filter, cancellation), await rework.ByTeamAsync(Chosen.Period, Chosen.Filter, cancellation));
        }
        Failed = await items.AskAsync(
            Chosen.Period, Chosen.Filter, DeploymentItems.Selection.Failed, new PageRequest(1, Latest), cancellation);
        return await ShowAsync(
            cancellation, (Chart.Id, Chart.Rows()), (TeamTable.Id, Teams?.Figures ?? []),
            ("by-repository", Repositories.Select(r => new FigureRow(r.Label, "Change failure rate", r.Value * 100, "%", $"{Numbers.Count(r.Failed)} of {Numbers.Count(r.Total)}", r.IsPartial))),
            ("causes", Causes.Select(c => new FigureRow(c.Name, "Failed releases", c.Count, "", Numbers.Count(c.Count), Partial: false))),
            ("rework", Kinds.Select(k => new FigureRow(k.Name, "Releases", k.Count, "", Numbers.Count(k.Count), Partial: false))));
    }
}
