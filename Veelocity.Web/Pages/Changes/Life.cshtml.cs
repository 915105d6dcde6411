using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Issues;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Changes;

/// <summary>The life of one pull request: what happened, how long nothing did, and what came of it in production.</summary>
internal sealed class LifeModel(CurrentOrganization current, ChangeLife lives, DecisionList decisions, IssueDecisions ties) : PageModel
{
    public ChangeLife.Life Life { get; private set; } = null!;
    /// <summary>What a member said of whether it counts; null when nobody did.</summary>
    public DecisionList.Item? Decision { get; private set; }

    public string Slug => current.Slug;
    public bool MayTie => current.May(Permission.LinkIssues);

    /// <summary>The issue that was named last, when it could not be tied, and why.</summary>
    public (string? Identifier, string Problem)? Wrong { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation) => await ShowAsync(id, cancellation);

    [Requires(Permission.LinkIssues)]
    public async Task<IActionResult> OnPostTieAsync(Guid id, string? identifier, CancellationToken cancellation)
    {
        try
        {
            await ties.TieAsync(current.Id, User.RequiredCallerId(), id, identifier, cancellation);
        }
        catch (Refused refused) when (refused.Field is not null)
        {
            Wrong = (identifier, refused.Message);
            ModelState.AddModelError(nameof(identifier), refused.Message);
            return await ShowAsync(id, cancellation);
        }
        Flash.Done(TempData, "Tied. The metrics follow.");
        return Redirect($"/o/{Slug}/changes/{id}");
    }

    [Requires(Permission.LinkIssues)]
    public async Task<IActionResult> OnPostRefuseAsync(Guid id, Guid issueId, CancellationToken cancellation)
    {
        await ties.RefuseAsync(current.Id, User.RequiredCallerId(), id, issueId, cancellation);
        Flash.Done(TempData, "No longer tied. The metrics follow.");
        return Redirect($"/o/{Slug}/changes/{id}");
    }

    private async Task<IActionResult> ShowAsync(Guid id, CancellationToken cancellation)
    {
        if (await lives.FindAsync(current.Id, id, cancellation) is not { } life) return NotFound();
        Life = life;
        Decision = (await decisions.OfRowsAsync(current.Id, DecisionSubject.PullRequest, [id], cancellation)).GetValueOrDefault(id);
        return Page();
    }
}
