using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Dora;

/// <summary>The deployments behind the frequency, and those that do not count.</summary>
internal sealed class DeploymentsModel(PageFilterReader filters, VeelocityDb db, DeploymentFrequency frequency, DeploymentItems items) : DoraPage(filters, db)
{
    private const string Path = "/dora/deployments";

    public bool ShowsAll { get; private set; }
    public DeploymentFrequency.Answer Answer { get; private set; } = null!;
    public Page<DeploymentItems.Item> Deployments { get; private set; } = null!;

    public Pager Pager => new(Deployments.Number, Deployments.PerPage, Deployments.LastNumber, Deployments.Total, "deployment",
        page => Chosen.Address(Path, ("show", Show), ("page", page > 1 ? $"{page}" : null)), Chosen.Address(Path, ("show", Show), ("format", "csv")));

    private string? Show => ShowsAll ? "all" : null;

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        ShowsAll = Request.Query["show"] == "all";
        var page = WantsCsv ? PageRequest.Everything : new PageRequest(PageNumber);
        Deployments = await items.AskAsync(Chosen.Period, Chosen.Filter, onlyReleases: !ShowsAll, page, cancellation);
        if (WantsCsv) return await CsvAsync($"deployments-{Chosen.Slug}", Deployments.Items.Select(DeploymentRow.Of), cancellation);

        Answer = await frequency.AskAsync(Chosen.Period, Chosen.Filter, cancellation);
        return Page();
    }
}
