using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Tokens;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>Registers accounts and the ways to show who one is: the cookie for pages; access tokens and personal ones for the API.</summary>
internal static class IdentityModule
{
    private const string Either = "cookie or bearer";
    private static readonly PathString Api = "/api";

    public static void AddIdentityAndSignIn(this IServiceCollection services)
    {
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section)
            .Validate(options => options.Registration is AccountOptions.Open or AccountOptions.Invited, "Veelocity:Registration has to be open or invited.")
            .Validate(
                options => options.SignIn.GitHub.IsConfigured == !string.IsNullOrWhiteSpace(options.SignIn.GitHub.ClientSecret),
                "Veelocity:SignIn:GitHub:ClientId and Veelocity:SignIn:GitHub:ClientSecret belong together.")
            .Validate(
                options => options.SignIn.GitHub.BaseUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" },
                "Veelocity:SignIn:GitHub:BaseUrl has to be a whole address such as https://github.example.com/.")
            .ValidateOnStart();
        services.AddIdentityCore<User>(Rules)
            .AddEntityFrameworkStores<VeelocityDb>()
            .AddUserStore<AccountStore>()
            .AddClaimsPrincipalFactory<CallerClaims>()
            .AddPasswordValidator<GuessablePassword>()
            .AddSignInManager<SignIns>()
            .AddDefaultTokenProviders()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider)
            .AddTokenProvider<PasswordResetTokens>(PasswordResetTokens.Name);
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = EmailConfirmation.LinkLasts);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero); // of remembered devices
        services.AddOptions<IdentityPasskeyOptions>().Configure<IConfiguration>(Passkeys);
        services.AddSingleton<UnknownAddresses>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<SecondFactor>();
        services.AddScoped<TwoFactorSetup>();
        services.AddScoped<Sessions>();
        services.AddScoped<AccountEvents>();
        services.AddScoped<Registration>();
        services.AddScoped<AccountMails>();
        services.AddScoped<EmailConfirmation>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<WaysIn>();
        services.AddScoped<GitHubAccounts>();
        services.AddSingleton<AccessTokenKey>();
        services.AddScoped<AccessTokens>();

        // The API never looks at the cookie, so that no foreign site can make a browser call it.
        var authentication = services.AddAuthentication(Either).AddPolicyScheme(Either, Either, options => options.ForwardDefaultSelector = SchemeOf);
        authentication.AddIdentityCookies();
        authentication.AddJwtBearer();
        authentication.AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.Scheme, displayName: null, configureOptions: null);
        authentication.AddGitHubSignIn();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<AccountOptions>>().Value.SignIn.GitHub is { IsConfigured: true } gitHub
            ? new FormTarget(gitHub.BaseUrl.GetLeftPart(UriPartial.Authority))
            : new FormTarget(""));
        SignInCookies.Configure(services);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<AccessTokenKey>(AccessTokens.Configure);
    }

    private static string SchemeOf(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase)) return IdentityConstants.ApplicationScheme;
        return ApiTokenHandler.TokenIn(context.Request) is null ? JwtBearerDefaults.AuthenticationScheme : ApiTokenHandler.Scheme;
    }

    private static void Rules(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = ""; // the address is the name, and addresses are checked as such
        options.Tokens.PasswordResetTokenProvider = PasswordResetTokens.Name;
        options.Password.RequiredLength = PasswordAttribute.MinimumLength;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = UnknownAddresses.AttemptsBeforeLockout;
        options.Lockout.DefaultLockoutTimeSpan = User.LockedByAttempts;
    }

    // A passkey stands for both steps: the device has to check that it is its owner.
    private static void Passkeys(IdentityPasskeyOptions options, IConfiguration configuration)
    {
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        // Bound to the name that people use; browsers know no passkeys for numbers.
        options.ServerDomain = PublicAddress.Configured(configuration) is { HostNameType: UriHostNameType.Dns } address ? address.IdnHost : null;
    }
}
