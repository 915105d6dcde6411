using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Paging;
using static Veelocity.Web.Metrics.Dora.ChangeItems;

namespace Veelocity.Web.Pages.Dora;

/// <summary>The pull requests behind the lead time: those in it, those left out and why, those still waiting (M35).</summary>
internal sealed class ChangesModel(PageFilterReader filters, VeelocityDb db, LeadTimeForChanges leadTime, WaitingChanges waiting, ChangeItems items)
    : DoraPage(filters, db)
{
    private const string Path = "/dora/changes";

    public Selection Shown { get; private set; }
    public Order Sorted { get; private set; }
    public Page<Item> Changes { get; private set; } = null!;
    public long Included { get; private set; }
    public long LeftOut { get; private set; }
    public long Waiting { get; private set; }

    public Pager Pager => new(Changes.Number, Changes.PerPage, Changes.LastNumber, Changes.Total, "pull request",
        page => Address(Shown, Sorted, ("page", page > 1 ? $"{page}" : null)), Address(Shown, Sorted, ("format", "csv")));

    public string Address(Selection shown, Order sorted, params IReadOnlyList<(string, string?)> also) => Chosen.Address(Path,
        [("show", shown switch { Selection.LeftOut => "left-out", Selection.Waiting => "waiting", _ => null }), ("sort", sorted == Order.Slowest ? "slowest" : null), .. also]);

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        Shown = Request.Query["show"].ToString() switch { "left-out" => Selection.LeftOut, "waiting" => Selection.Waiting, _ => Selection.Included };
        Sorted = Request.Query["sort"] == "slowest" ? Order.Slowest : Order.Newest;
        var page = WantsCsv ? PageRequest.Everything : new PageRequest(PageNumber);
        Changes = await items.AskAsync(Chosen.Period, Chosen.Filter, Shown, Sorted, page, cancellation);
        if (WantsCsv) return await CsvAsync($"changes-{Chosen.Slug}", Changes.Items.Select(ChangeRow.Of), cancellation);

        Included = (await leadTime.AskAsync(Chosen.Period, Chosen.Filter, cancellation)).Value.Count;
        LeftOut = (await leadTime.LeftOutAsync(Chosen.Period, Chosen.Filter, cancellation)).Sum(reason => reason.Count);
        Waiting = (await waiting.AskAsync(Chosen.Filter, cancellation)).Count;
        return Page();
    }
}
