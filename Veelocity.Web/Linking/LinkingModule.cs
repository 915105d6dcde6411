using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Linking.Incidents.Chat;
using Veelocity.Web.Linking.Issues;
using Veelocity.Web.Linking.People;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Linking.Teams;

namespace Veelocity.Web.Linking;

/// <summary>Registers what the Linking folder offers.</summary>
public static class LinkingModule
{
    public static IServiceCollection AddLinking(this IServiceCollection services)
    {
        services.AddSingleton<Linker>().AddSingleton<Relinking>().AddSingleton<ChatIncidents>().AddSingleton<IssueLinking>();
        services.AddHostedService(provider => provider.GetRequiredService<Relinking>());
        services.AddScoped<RepositorySelection>().AddScoped<DeployedNames>().AddScoped<ServiceChanges>().AddScoped<SourceChoices>().AddScoped<EnvironmentChanges>().AddScoped<BuildChanges>();
        services.AddScoped<PeopleList>().AddScoped<PeopleChanges>().AddScoped<MetricRuleChanges>();
        services.AddScoped<IncidentBook>().AddScoped<IncidentMerges>().AddScoped<MetricDecisions>().AddScoped<IssueDecisions>();
        services.AddSingleton<TeamLinking>().AddScoped<TeamChanges>().AddScoped<TeamSuggestions>().AddScoped<TeamDirectory>();
        return services;
    }
}
