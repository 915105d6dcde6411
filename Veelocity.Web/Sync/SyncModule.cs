namespace Veelocity.Web.Sync;

/// <summary>Registers what the Sync folder offers.</summary>
public static class SyncModule
{
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        return services;
    }
}
