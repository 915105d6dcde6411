using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Tokens;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>A member's personal API tokens; an Admin sees everyone's, though never what they are.</summary>
[Requires(Permission.MakeApiTokens), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class TokensModel(ApiTokens tokens, CurrentOrganization organization, TimeProvider clock) : PageModel
{
    private const string MadeKey = "api-token";
    private const string Never = "never", OnDay = "day";

    public static readonly IReadOnlyList<SelectListItem> Choices =
        [new("In 30 days", "30"), new("In 90 days", "90"), new("In 365 days", "365"), new("On a day", OnDay), new("Never", Never)];

    [BindProperty, Required(ErrorMessage = "Give the token a name."), StringLength(ApiToken.LongestName, ErrorMessage = "Use 100 characters at most.")]
    public string Name { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Choose when it expires.")]
    public string Expires { get; set; } = "90";

    [BindProperty]
    public DateOnly? Day { get; set; }

    /// <summary>The token that was just made, shown this once.</summary>
    public string? Made { get; private set; }

    public IReadOnlyList<ApiToken> Tokens { get; private set; } = [];
    public bool SeesAll => organization.May(Permission.RevokeApiTokens);
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The last day on which it is good.</summary>
    public string LastDayOf(ApiToken token) =>
        token.ExpiresAt is { } end ? Dates.DayWithYear(Dates.In(organization.TimeZone).DayOf(end.AddSeconds(-1))) : "Never";

    public string ExpiryOf(ApiToken token) =>
        token.ExpiresAt is null ? "never expires" : token.HasExpired(Now) ? "expired" : $"until {LastDayOf(token)}";

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Made = TempData[MadeKey] as string;
        await ReadAsync(cancellation);
    }

    public async Task<IActionResult> OnPostMakeAsync(CancellationToken cancellation)
    {
        var end = End();
        if (!ModelState.IsValid)
        {
            await ReadAsync(cancellation);
            return Page();
        }
        TempData[MadeKey] = await tokens.MakeAsync(User.RequiredCallerId(), Name, end, cancellation);
        Flash.Done(TempData, "Token made. Copy it now.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellation)
    {
        if (await tokens.RevokeAsync(id, User.RequiredCallerId(), cancellation) is not { } revoked) return NotFound();
        Flash.Done(TempData, $"{revoked.Name} is revoked.");
        return RedirectToPage();
    }

    private async Task ReadAsync(CancellationToken cancellation) => Tokens = await tokens.ListAsync(SeesAll ? null : User.RequiredCallerId(), cancellation);

    /// <summary>Null for never; what does not fit is told on its field.</summary>
    private DateTimeOffset? End()
    {
        if (Expires == Never) return null;
        if (int.TryParse(Expires, CultureInfo.InvariantCulture, out var days) && days is 30 or 90 or 365) return Now.AddDays(days);
        if (Expires != OnDay)
        {
            ModelState.AddModelError(nameof(Expires), "Choose when it expires.");
            return null;
        }
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, zone).DateTime);
        if (Day is not { } day || day < today || day.Year > today.Year + 10)
        {
            ModelState.AddModelError(nameof(Day), "Choose a day from today on, within ten years.");
            return null;
        }
        // It is good on that day, too.
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
