using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Pages.Shared;

namespace Veelocity.Web.Pages.Dashboard;

/// <summary>How delivery is going, in ten seconds: four values and what needs a look.</summary>
internal sealed class IndexModel(PageFilterReader filters, DoraCards cards, Attention attention, VeelocityDb db) : MeasuredPage(filters, db)
{
    public IReadOnlyList<Kpi> Cards { get; private set; } = [];
    public IReadOnlyList<Attention.Note> Notes { get; private set; } = [];

    protected override bool IsOfOwned => true;

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        Cards = await cards.ReadAsync(Chosen, cancellation);
        Notes = await attention.ReadAsync(Chosen, cancellation);
        return Page();
    }
}
