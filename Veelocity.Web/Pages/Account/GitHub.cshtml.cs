using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Account;

/// <summary>To GitHub and back: signs a person in, or links their GitHub account to the one they are signed in with. Not there unless configured.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
internal sealed class GitHubModel(SignIns signIn, UserManager<User> users, GitHubAccounts accounts, IOptions<AccountOptions> options) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [NonHandler] // by its name it would be one
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!options.Value.SignIn.GitHub.IsConfigured) context.Result = NotFound();
    }

    public IActionResult OnGet() => RedirectToPage("/Account/Login", new { ReturnUrl });

    public IActionResult OnPost() => ToGitHub("Callback", null);

    public IActionResult OnPostLink() => User.CallerId() is { } caller ? ToGitHub("Linked", caller) : Challenge();

    public async Task<IActionResult> OnPostUnlinkAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        try
        {
            await accounts.UnlinkAsync(user);
        }
        catch (Refused refused)
        {
            return Refuse(refused.Message);
        }
        await signIn.RefreshSignInAsync(user); // it changed the account's stamp
        Flash.Done(TempData, "GitHub is unlinked.");
        return Back();
    }

    /// <summary>Back from GitHub with who they are.</summary>
    public async Task<IActionResult> OnGetCallbackAsync(CancellationToken cancellation)
    {
        if (await signIn.GetExternalLoginInfoAsync() is not { } gitHub) return Refuse("The sign-in with GitHub took too long. Please try again.");
        try
        {
            var user = await accounts.ForSignInAsync(gitHub, cancellation);
            return await signIn.PassFirstStepAsync(user, isPersistent: false, GitHubSignIn.Scheme)
                ? LocalRedirect(Url.Within(ReturnUrl))
                : RedirectToPage("/Account/TwoFactor", new { ReturnUrl });
        }
        catch (Refused refused)
        {
            return Refuse(refused.Message);
        }
    }

    /// <summary>Back from GitHub to link it. The answer counts only in the session that asked.</summary>
    public async Task<IActionResult> OnGetLinkedAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (await signIn.GetExternalLoginInfoAsync(user.Id.ToString()) is not { } gitHub) return Refuse("GitHub was not linked. Please try again.");
        try
        {
            await accounts.LinkAsync(user, gitHub);
        }
        catch (Refused refused)
        {
            return Refuse(refused.Message);
        }
        Flash.Done(TempData, "GitHub is linked. You can sign in with it.");
        return Back();
    }

    public IActionResult OnGetFailed(bool denied) =>
        Refuse(denied ? "GitHub was not allowed to tell who you are. Nothing was changed." : "GitHub did not answer as it should. Please try again.");

    private ChallengeResult ToGitHub(string backTo, Guid? linksTo)
    {
        var back = Url.Page("/Account/GitHub", backTo, new { ReturnUrl });
        return new ChallengeResult(GitHubSignIn.Scheme, signIn.ConfigureExternalAuthenticationProperties(GitHubSignIn.Scheme, back, linksTo?.ToString()));
    }

    private RedirectToPageResult Refuse(string why)
    {
        Flash.Refused(TempData, why);
        return User.CallerId() is null ? RedirectToPage("/Account/Login", new { ReturnUrl }) : Back();
    }

    private RedirectToPageResult Back() => RedirectToPage("/Account/Security", null, null, "github");
}
