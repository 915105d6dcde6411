using Veelocity.Web.Linking.Incidents;

namespace Veelocity.Web.Linking;

/// <summary>Registers what the Linking folder offers.</summary>
public static class LinkingModule
{
    public static IServiceCollection AddLinking(this IServiceCollection services) =>
        services.AddSingleton<Linker>().AddScoped<IncidentBook>();
}
