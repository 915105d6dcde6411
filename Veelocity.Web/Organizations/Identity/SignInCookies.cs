using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>The cookies of signing in: out of reach of scripts and other sites, and over https only wherever the app is reached by it.</summary>
internal static class SignInCookies
{
    public static void Configure(IServiceCollection services)
    {
        Set(services, IdentityConstants.ApplicationScheme, "veelocity", Session.Lifetime);
        Set(services, IdentityConstants.TwoFactorUserIdScheme, "veelocity-two-factor", TimeSpan.FromMinutes(5));
        Set(services, IdentityConstants.TwoFactorRememberMeScheme, "veelocity-device", TimeSpan.FromDays(30));
        Set(services, IdentityConstants.ExternalScheme, "veelocity-external", TimeSpan.FromMinutes(5));
        services.ConfigureApplicationCookie(SignedIn);
    }

    private static void Set(IServiceCollection services, string scheme, string name, TimeSpan lifetime) =>
        services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<IConfiguration>((options, configuration) =>
        {
            options.Cookie.Name = name;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = PublicAddress.Configured(configuration)?.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = lifetime;
        });

    private static void SignedIn(CookieAuthenticationOptions options)
    {
        options.SlidingExpiration = true;
        options.LoginPath = "/account/login";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = Sessions.CheckAsync;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToLogin = context =>
        {
            // A fragment's request must not swap the sign-in page into the middle of a page.
            if (context.Request.Headers.ContainsKey("HX-Request"))
                context.Response.Headers["HX-Redirect"] = context.RedirectUri;
            else
                context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        };
    }
}
