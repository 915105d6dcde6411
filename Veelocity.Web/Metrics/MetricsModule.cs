namespace Veelocity.Web.Metrics;

/// <summary>Registers what the Metrics folder offers.</summary>
public static class MetricsModule
{
    public static IServiceCollection AddMetrics(this IServiceCollection services)
    {
        return services;
    }
}
