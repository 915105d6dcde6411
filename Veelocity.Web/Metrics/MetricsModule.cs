using Veelocity.Web.Metrics.Columns;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Metrics.Quality;

namespace Veelocity.Web.Metrics;

/// <summary>Registers the questions that can be asked.</summary>
public static class MetricsModule
{
    public static IServiceCollection AddDeliveryMetrics(this IServiceCollection services)
    {
        services.AddOptions<MetricsOptions>().BindConfiguration("Metrics").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<ColumnStore>()
            .AddScoped<MetricColumns>()
            .AddScoped<FirstData>()
            .AddScoped<DeploymentFrequency>()
            .AddScoped<LeadTimeForChanges>()
            .AddScoped<WaitingChanges>()
            .AddScoped<ChangeFailureRate>()
            .AddScoped<TimeToRecovery>()
            .AddScoped<ReworkRate>()
            .AddScoped<IncidentItems>()
            .AddScoped<DeploymentItems>()
            .AddScoped<ChangeItems>()
            .AddScoped<ChangesAtRisk>()
            .AddScoped<Reverts>()
            .AddScoped<ChangeLife>()
            .AddScoped<DeploymentLife>()
            .AddScoped<FrequencyExplained>()
            .AddScoped<LeadTimeExplained>()
            .AddScoped<StabilityExplained>()
            .AddScoped<RecoveryExplained>()
            .AddScoped<Explanations>()
            .AddScoped<DecisionList>()
            .AddScoped<DataQuality>();
    }
}
