using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.People;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Who is who: people with their accounts, how they were matched, who could be the same; merged and split by hand.</summary>
internal sealed class PeopleModel(CurrentOrganization organization, PeopleList list, PeopleChanges changes) : PageModel
{
    public const int PerPage = 50;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    public PeopleList.Answer Found { get; private set; } = PeopleList.Answer.None;
    public int Number { get; private set; } = 1;
    public bool MayEdit => organization.May(Permission.EditTeams);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Number = int.TryParse(Request.Query["page"], out var number) && number is > 0 and < 1_000_000 ? number : 1;
        Found = await list.AskAsync(Q, PeopleList.SelectionOf(Show), (Number - 1) * PerPage, PerPage, cancellation);
    }

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostMergeAsync(Guid[] person, CancellationToken cancellation)
    {
        Guid[] chosen = [.. person.Distinct()];
        if (chosen.Length < 2) throw new Refused("Select two or more people to merge.");
        foreach (var other in chosen.Skip(1)) await changes.MergeAsync(chosen[0], other, User.RequiredCallerId(), cancellation);
        Flash.Done(TempData, $"Merged {chosen.Length} people into one. They stay merged through every sync.");
        return Back();
    }

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostMergeAllAsync(CancellationToken cancellation)
    {
        var merged = await changes.MergeAllAsync(await list.PairsAsync(cancellation), User.RequiredCallerId(), cancellation);
        Flash.Done(TempData, merged == 0 ? "There was nothing left to merge." : $"Merged {Numbers.Count(merged, "duplicate")}. They stay merged through every sync.");
        return Back();
    }

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostSplitAsync(Guid account, CancellationToken cancellation)
    {
        if (!await changes.SplitAsync(account, User.RequiredCallerId(), cancellation)) return NotFound();
        Flash.Done(TempData, "The account is a person of its own now, and stays so through every sync.");
        return Back();
    }

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostApartAsync(Guid one, Guid other, CancellationToken cancellation)
    {
        await changes.KeepApartAsync(organization.Id, one, other, User.RequiredCallerId(), cancellation);
        Flash.Done(TempData, "They are two people. They will not be suggested again.");
        return Back();
    }

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostMarkAsync(Guid account, AccountKind? kind, CancellationToken cancellation)
    {
        if (!await changes.MarkAsync(organization.Id, account, kind, User.RequiredCallerId(), cancellation)) return NotFound();
        Flash.Done(TempData, "Saved. The numbers follow as each repository is linked again.");
        return Back();
    }

    private RedirectToPageResult Back() => RedirectToPage(null, null, new { Q, Show });
}
