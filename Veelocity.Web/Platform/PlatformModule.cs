using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Mail;
using Veelocity.Web.Platform.Requests;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Platform;

/// <summary>Registers what knows none of our nouns: clock, mail, security headers, formatting.</summary>
public static class PlatformModule
{
    private static readonly PathString Api = "/api";

    public static IServiceCollection AddPlatform(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSecurity();
        services.AddMail();
        services.AddProblemDetails();
        services.Configure<MvcOptions>(options =>
        {
            options.Filters.Add<KnownHandlers>();
            options.Filters.Add<RefusedPageFilter>();
            options.Filters.Add<InvalidPageFilter>();
        });
        return services;
    }

    public static void UsePlatform(this WebApplication app)
    {
        app.UseSecurity();
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase), api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
        });
        app.UseWhen(context => !context.Request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase), pages =>
        {
            // Its own scope: a database context that has just failed is no base for drawing a page.
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error",
                CreateScopeForErrors = true,
                StatusCodeSelector = thrown => SendersFault.StatusOf(thrown)
                    ?? (DatabaseAway.IsBehind(thrown) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError),
            });
            pages.UseStatusCodePagesWithReExecute("/error/{0}");
            pages.UseMiddleware<ErrorPageRequests>();
        });
        app.UseRouting();
        app.UseRateLimiter();
        app.UseMiddleware<UnreadableRequests>();
        app.UseMiddleware<ReaderMiddleware>();
    }
}
