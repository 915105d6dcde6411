using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>Signs people in, in one step or two; each sign-in opens a session, whichever way it came about.</summary>
internal sealed class SignIns(
    UserManager<User> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<User> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<User>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<User> confirmation,
    Sessions sessions, AccountEvents events)
    : SignInManager<User>(users, http, claims, options, logger, schemes, confirmation)
{
    public const string Passkey = "passkey";
    private const string Password = "pwd";
    private const string TwoSteps = "mfa";

    private Guid? kept;

    // The framework asks whether a code could be checked, and lets in without one where its key is lost.
    public override Task<bool> IsTwoFactorEnabledAsync(User user) => Task.FromResult(user.TwoFactorEnabled);

    /// <summary>Signs in whoever passed the first step; false when the account asks for a second one, which this browser then may take.</summary>
    /// <param name="provider">Who vouches for them; null when they gave the password.</param>
    public async Task<bool> PassFirstStepAsync(User user, bool isPersistent, string? provider = null) =>
        (await SignInOrTwoFactorAsync(user, isPersistent, provider)).Succeeded;

    /// <summary>Signs in whoever passed the second step.</summary>
    public async Task PassSecondStepAsync(User user, bool isPersistent, bool rememberDevice)
    {
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await Context.SignOutAsync(IdentityConstants.ExternalScheme);
        if (rememberDevice) await RememberTwoFactorClientAsync(user);
        await SignInWithClaimsAsync(user, isPersistent, [new Claim("amr", TwoSteps)]);
    }

    /// <summary>Checks a passkey's answer; null when this browser was asked for none, or too long ago.</summary>
    public Task<PasskeyAssertionResult<User>?> AssertPasskeyAsync(string credential) => AskedAsync(() => PerformPasskeyAssertionAsync(credential));

    /// <summary>The same for a new passkey.</summary>
    public Task<PasskeyAttestationResult?> AttestPasskeyAsync(string credential) => AskedAsync(() => PerformPasskeyAttestationAsync(credential));

    public override async Task SignInWithClaimsAsync(User user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        Claim[] told = [.. additionalClaims];
        if (kept is not { } session || !await sessions.KeepAsync(session, user))
        {
            var how = InWords(told);
            session = await sessions.OpenAsync(user, how);
            await events.RecordAsync(user.Id, AccountEventKind.SignedIn, $"{Device.InWords(Context.Request.Headers.UserAgent.ToString())}, {how}");
        }
        await base.SignInWithClaimsAsync(user, authenticationProperties, [.. told, new Claim(Caller.SessionClaim, session.ToString())]);
    }

    /// <summary>After a change to the account: this session goes on, with what is true now.</summary>
    public override async Task RefreshSignInAsync(User user)
    {
        kept = Context.User.SessionId();
        await base.RefreshSignInAsync(user);
        kept = null;
    }

    public override async Task SignOutAsync()
    {
        if (Context.User.SessionId() is { } session && Context.User.CallerId() is { } user) await sessions.EndAsync(user, session);
        await base.SignOutAsync();
    }

    private static async Task<T?> AskedAsync<T>(Func<Task<T>> check) where T : class
    {
        try
        {
            return await check();
        }
        catch (InvalidOperationException)
        {
            return null; // the framework's word for it
        }
    }

    private static string InWords(Claim[] told)
    {
        if (told.FirstOrDefault(claim => claim.Type == ClaimTypes.AuthenticationMethod)?.Value is { Length: > 0 } method) return method;
        return told.FirstOrDefault(claim => claim.Type == "amr")?.Value switch
        {
            Password or null => "password",
            TwoSteps => "two steps",
            var other => other,
        };
    }
}
