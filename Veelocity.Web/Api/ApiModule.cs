namespace Veelocity.Web.Api;

/// <summary>Registers the REST API and maps its resources.</summary>
public static class ApiModule
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        return services;
    }

    public static void MapApi(this WebApplication app)
    {
        var v1 = app.MapGroup("/api/v1");
        v1.MapGet("/health", () => new { Status = "healthy" }).AllowAnonymous();
    }
}
