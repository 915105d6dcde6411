using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Badges;
using Veelocity.Web.Pages.Badges;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Badges for a README: on with an address that nobody guesses, a new one when it went too far, off.</summary>
[Requires(Permission.ChangeSettings), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class BadgesModel(BadgeAddresses addresses, PublicAddress site) : PageModel
{
    private const string MadeKey = "badge-token";

    /// <summary>Null while badges are off.</summary>
    public BadgeAddress? Address { get; private set; }

    /// <summary>The token that was just made, shown this once.</summary>
    public string? Made { get; private set; }

    /// <summary>What is pasted into the README.</summary>
    public string Markdown => string.Join('\n', BadgeNumbers.All.Select(badge => $"![{badge.Name}]({site.Of(BadgeEndpoint.PathOf(Made!, badge.Metric))})"));

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Address = await addresses.FindAsync(cancellation);
        Made = Address is null ? null : TempData[MadeKey] as string;
    }

    public async Task<IActionResult> OnPostMakeAsync(CancellationToken cancellation)
    {
        TempData[MadeKey] = await addresses.MakeAsync(cancellation);
        Flash.Done(TempData, "Badges have a new address. Copy the Markdown now.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostOffAsync(CancellationToken cancellation)
    {
        await addresses.TurnOffAsync(cancellation);
        Flash.Done(TempData, "Badges are off. Copies that others keep go within minutes.");
        return RedirectToPage();
    }
}
