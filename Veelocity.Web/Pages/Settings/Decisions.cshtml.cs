using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Csv;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Which rows members left out of the numbers or counted against the rules, with who, when and why; also what was taken back.</summary>
internal sealed class DecisionsModel(DecisionList list, MetricDecisions decisions, CurrentOrganization organization) : PageModel
{
    private string Here => $"/o/{organization.Slug}/settings/decisions";

    public bool? Holds { get; private set; }
    public Page<DecisionList.Item> Decisions { get; private set; } = null!;
    public bool MayDecide => organization.May(Permission.EditMetricRules);

    public Pager Pager => new(Decisions.Number, Decisions.PerPage, Decisions.LastNumber, Decisions.Total, "decision",
        page => Address(Holds, page > 1 ? $"&page={page.ToString(CultureInfo.InvariantCulture)}" : ""), Address(Holds, "&format=csv"));

    public string Address(bool? holds, string also = "") => $"{Here}?show={holds switch { true => "hold", false => "taken-back", _ => "all" }}{also}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Holds = Request.Query["show"].ToString() switch { "taken-back" => false, "all" => null, _ => true };
        var wantsCsv = Request.Query["format"] == "csv";
        var number = int.TryParse(Request.Query["page"], out var asked) && asked is > 0 and < 1_000_000 ? asked : 1;
        Decisions = await list.AskAsync(organization.Id, Holds, wantsCsv ? PageRequest.Everything : new PageRequest(number), cancellation);
        if (!wantsCsv) return Page();
        return File(await CsvFile.OfAsync(Decisions.Items.Select(DecisionRow.Of), cancellation), CsvFile.MediaType + "; charset=utf-8", $"decisions-{organization.Slug}.csv");
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostTakeBackAsync(Guid decision, CancellationToken cancellation)
    {
        if (await decisions.TakeBackAsync(organization.Id, User.RequiredCallerId(), decision, cancellation) is null) return NotFound();
        Flash.Done(TempData, "Taken back. The rules say again, and the numbers have followed.");
        return Redirect(Here);
    }
}
