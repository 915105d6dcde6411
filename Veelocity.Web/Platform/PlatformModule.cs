namespace Veelocity.Web.Platform;

/// <summary>Registers what knows none of our nouns: clock, mail, security headers, formatting.</summary>
public static class PlatformModule
{
    public static IServiceCollection AddPlatform(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        return services;
    }

    public static void UsePlatform(this WebApplication app)
    {
        app.UseRouting();
    }
}
