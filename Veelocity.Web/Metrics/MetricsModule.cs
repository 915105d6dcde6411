namespace Veelocity.Web.Metrics;

/// <summary>Registers what the Metrics folder offers.</summary>
public static class MetricsModule
{
    public static IServiceCollection AddDeliveryMetrics(this IServiceCollection services)
    {
        return services;
    }
}
