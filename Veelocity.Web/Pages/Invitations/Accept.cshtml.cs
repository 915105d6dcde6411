using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Organizations.Invitations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Invitations;

/// <summary>Where an invitation's link leads: join with a new account or the one that is signed in, or read why that cannot be.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class AcceptModel(Acceptance acceptance, UserManager<User> users, MyOrganizations mine) : PageModel
{
    [BindProperty(SupportsGet = true), FromRoute, DisplayFormat(ConvertEmptyStringToNull = false)]
    public string Token { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Enter your full name."), StringLength(200, ErrorMessage = "Use 200 characters at most.")]
    public string FullName { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Choose a password."), Password]
    public string Password { get; set; } = "";

    public Acceptance.Offer Offer { get; private set; } = null!;

    /// <summary>Who has signed in; null for a visitor.</summary>
    public User? Caller { get; private set; }

    public bool IsForCaller => Caller is { } caller && Offer.Invitation is { } invitation && Acceptance.IsFor(invitation, caller);

    public string Here => $"/invitations/{Token}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        if (Offer is { State: InvitationState.Used, Invitation: { } used } && await IsMemberAsync(used, cancellation)) return Enter(used);
        return Answer();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        ModelState.Clear(); // the fields are those of a new account
        if (Offer.State == InvitationState.Open && IsForCaller)
        {
            var state = await acceptance.AcceptAsync(Offer, Caller!, cancellation);
            Offer = Offer with { State = state };
            if (state == InvitationState.Open) return Welcome();
        }
        // Another tab was faster.
        if (Offer is { State: InvitationState.Used, Invitation: { } used } && await IsMemberAsync(used, cancellation)) return Enter(used);
        return Answer();
    }

    public async Task<IActionResult> OnPostRegisterAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        if (Offer.State != InvitationState.Open || Caller is not null || !ModelState.IsValid) return Answer();
        InvitationState? state;
        try
        {
            state = await acceptance.RegisterAsync(Offer, FullName, Password, cancellation);
        }
        catch (Refused refused) when (refused.Field is { } field)
        {
            ModelState.AddModelError(field, refused.Message);
            return Answer();
        }
        if (state is null)
        {
            Flash.Done(TempData, "Sign in to accept the invitation. An address that had an account before keeps its password.");
            return RedirectToPage("/Account/Login", new { ReturnUrl = Here });
        }
        Offer = Offer with { State = state.Value };
        return state == InvitationState.Open ? Welcome() : Answer();
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        Offer = await acceptance.ReadAsync(Token, cancellation);
        Caller = User.CallerId() is null ? null : await users.GetUserAsync(User);
    }

    private PageResult Answer() => new()
    {
        StatusCode = Offer.State switch
        {
            InvitationState.Open => ModelState.IsValid || HttpMethods.IsGet(Request.Method) ? null : StatusCodes.Status422UnprocessableEntity,
            InvitationState.Unknown => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status410Gone,
        },
    };

    private async Task<bool> IsMemberAsync(Invitation invitation, CancellationToken cancellation) =>
        Caller is { } caller && await mine.FindAsync(caller.Id, invitation.OrganizationId.ToString(), cancellation) is not null;

    private LocalRedirectResult Welcome()
    {
        Flash.Done(TempData, $"You belong to {Offer.Invitation!.Organization.Name} now.");
        return Enter(Offer.Invitation);
    }

    private LocalRedirectResult Enter(Invitation invitation) => LocalRedirect($"/o/{invitation.Organization.Slug}");
}
