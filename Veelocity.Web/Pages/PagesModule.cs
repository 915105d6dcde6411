namespace Veelocity.Web.Pages;

/// <summary>Registers the pages and their conventions.</summary>
public static class PagesModule
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages();
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
    }
}
