using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Linking.Incidents.Chat;
using Veelocity.Web.Linking.Rules;

namespace Veelocity.Web.Linking;

/// <summary>Registers what the Linking folder offers.</summary>
public static class LinkingModule
{
    public static IServiceCollection AddLinking(this IServiceCollection services)
    {
        services.AddSingleton<Linker>().AddSingleton<Relinking>().AddSingleton<ChatIncidents>();
        services.AddHostedService(provider => provider.GetRequiredService<Relinking>());
        services.AddScoped<RepositorySelection>().AddScoped<DeployedNames>().AddScoped<ServiceChanges>().AddScoped<SourceChoices>().AddScoped<EnvironmentChanges>().AddScoped<PeopleChanges>();
        services.AddScoped<IncidentBook>().AddScoped<MetricDecisions>();
        return services;
    }
}
