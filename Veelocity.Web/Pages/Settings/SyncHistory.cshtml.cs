using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Settings;

/// <summary>What every sync did, newest first.</summary>
[Requires(Permission.SeeSyncLogs)]
internal sealed class SyncHistoryModel(VeelocityDb db) : PageModel
{
    private const int PerPage = 50;

    public IReadOnlyList<SyncRun> Runs { get; private set; } = [];
    public int Total { get; private set; }
    public int Number { get; private set; } = 1;
    public int LastNumber => Math.Max(1, (Total + PerPage - 1) / PerPage);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Number = int.TryParse(Request.Query["page"], out var number) && number is > 0 and < 1_000_000 ? number : 1;
        Total = await db.SyncRuns.CountAsync(cancellation);
        Runs = await db.SyncRuns.AsNoTracking().OrderByDescending(r => r.RequestedAt).ThenBy(r => r.Id)
            .Skip((Number - 1) * PerPage).Take(PerPage).ToListAsync(cancellation);
    }
}
