using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Identity;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>Registers accounts and the two ways to show who one is: the cookie for pages, the bearer token for the API.</summary>
internal static class IdentityModule
{
    private const string Either = "cookie or bearer";
    private static readonly PathString Api = "/api";

    public static void AddIdentityAndSignIn(this IServiceCollection services)
    {
        services.AddIdentityCore<User>(Rules)
            .AddEntityFrameworkStores<VeelocityDb>()
            .AddClaimsPrincipalFactory<CallerClaims>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddSingleton<UnknownAddresses>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<Registration>();
        services.AddSingleton<AccessTokenKey>();
        services.AddScoped<AccessTokens>();

        // The API never looks at the cookie, so that no foreign site can make a browser call it.
        var authentication = services.AddAuthentication(Either).AddPolicyScheme(Either, Either, options =>
            options.ForwardDefaultSelector = context => context.Request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase)
                ? JwtBearerDefaults.AuthenticationScheme
                : IdentityConstants.ApplicationScheme);
        authentication.AddIdentityCookies();
        authentication.AddJwtBearer();
        services.ConfigureApplicationCookie(Cookie);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<AccessTokenKey>(AccessTokens.Configure);
    }

    private static void Rules(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = ""; // the address is the name, and addresses are checked as such
        options.Password.RequiredLength = PasswordAttribute.MinimumLength;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = UnknownAddresses.AttemptsBeforeLockout;
        options.Lockout.DefaultLockoutTimeSpan = UnknownAddresses.Lockout;
    }

    private static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "veelocity";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.LoginPath = "/account/login";
        options.ReturnUrlParameter = "returnUrl";
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
