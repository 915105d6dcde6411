using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Metrics.Columns;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Metrics.People;
using Veelocity.Web.Metrics.Planning;
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
            .AddScoped<TeamScopes>()
            .AddScoped<TeamGroups>()
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
            .AddScoped<ChangeIssues>()
            .AddScoped<ChangeLife>()
            .AddScoped<DeploymentLife>()
            .AddScoped<FrequencyExplained>()
            .AddScoped<LeadTimeExplained>()
            .AddScoped<StabilityExplained>()
            .AddScoped<RecoveryExplained>()
            .AddSingleton<BuildStore>()
            .AddScoped<AskedBuilds>()
            .AddScoped<BuildSuccessRate>()
            .AddScoped<BuildDuration>()
            .AddScoped<BuildFrequency>()
            .AddScoped<BuildFailures>()
            .AddScoped<FlakyBuilds>()
            .AddScoped<BuildItems>()
            .AddScoped<BuildsExplained>()
            .AddScoped<DevelopmentExplained>()
            .AddScoped<Explanations>()
            .AddScoped<DecisionList>()
            .AddScoped<DataQuality>()
            .AddScoped<Cycles>()
            .AddScoped<Projects>()
            .AddScoped<PlannedIssues>()
            .AddScoped<IssueLife>()
            .AddScoped<Rosters>()
            .AddScoped<PullEvents>()
            .AddScoped<IssueEvents>()
            .AddScoped<WorkGroups>()
            .AddScoped<ReviewTime>()
            .AddScoped<CycleTime>()
            .AddScoped<Throughput>()
            .AddScoped<WorkSets>()
            .AddScoped<PullLookup>()
            .AddScoped<IssueLookup>()
            .AddScoped<WorkLists>()
            .AddScoped<ReviewLoad>()
            .AddScoped<Contributions>()
            .AddScoped<OpenWork>()
            .AddScoped<DeveloperFigures>()
            .AddScoped<DeveloperTimeline>();
    }
}
