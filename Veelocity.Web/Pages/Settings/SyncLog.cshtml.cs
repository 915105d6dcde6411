using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Pages.Settings;

/// <summary>One sync, while it runs and afterwards: what it read, what it cost, and what it had to leave out.</summary>
[Requires(Permission.SeeSyncLogs)]
internal sealed class SyncLogModel(VeelocityDb db, CurrentOrganization organization, SyncRequests requests, SyncProgress progress) : PageModel
{
    /// <summary>The parts of one repository that were left out.</summary>
    public sealed record LeftOut(string Scope, IReadOnlyList<SyncProblem> Problems);

    public SyncProgress.Row Row { get; private set; } = null!;
    public SyncRun Run => Row.Run;

    public IReadOnlyList<LeftOut> Problems =>
        [.. Run.Problems.GroupBy(problem => problem.Scope).Select(scope => new LeftOut(scope.Key, [.. scope])).OrderBy(scope => scope.Scope, StringComparer.OrdinalIgnoreCase)];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(run => run.Id == id, cancellation) is not { } run) return NotFound();
        Row = progress.Measure(run);
        return Page();
    }

    [Requires(Permission.TriggerSync)]
    public async Task<IActionResult> OnPostCancelAsync(Guid id, CancellationToken cancellation)
    {
        if (await requests.CancelAsync(organization.Id, id, cancellation))
            Flash.Done(TempData, "The sync stops. What it has stored stays.");
        return RedirectToPage();
    }
}
