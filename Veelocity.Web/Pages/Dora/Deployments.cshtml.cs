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

    public DeploymentItems.Selection Shown { get; private set; }
    public DeploymentFrequency.Answer Answer { get; private set; } = null!;
    public Page<DeploymentItems.Item> Deployments { get; private set; } = null!;

    public Pager Pager => new(Deployments.Number, Deployments.PerPage, Deployments.LastNumber, Deployments.Total, "deployment",
        page => Chosen.Address(Path, ("show", Show), ("page", page > 1 ? $"{page}" : null)), Chosen.Address(Path, ("show", Show), ("format", "csv")));

    public string Address(DeploymentItems.Selection shown) => Chosen.Address(Path, ("show", WordOf(shown)));

    private string? Show => WordOf(Shown);

    private static string? WordOf(DeploymentItems.Selection shown) => shown switch
    {
        DeploymentItems.Selection.All => "all",
        DeploymentItems.Selection.Failed => "failed",
        DeploymentItems.Selection.Rework => "rework",
        _ => null,
    };

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        Shown = Enum.GetValues<DeploymentItems.Selection>().FirstOrDefault(shown => WordOf(shown) == Request.Query["show"].ToString());
        var page = WantsCsv ? PageRequest.Everything : new PageRequest(PageNumber);
        Deployments = await items.AskAsync(Chosen.Period, Chosen.Filter, Shown, page, cancellation);
        if (WantsCsv) return await CsvAsync($"deployments-{Chosen.Slug}", Deployments.Items.Select(DeploymentRow.Of), cancellation);

        Answer = await frequency.AskAsync(Chosen.Period, Chosen.Filter, cancellation);
        return Page();
    }
}
