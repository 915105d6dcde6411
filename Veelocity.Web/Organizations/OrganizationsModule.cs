namespace Veelocity.Web.Organizations;

/// <summary>Registers what the Organizations folder offers.</summary>
public static class OrganizationsModule
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services)
    {
        services.AddScoped<CurrentOrganization>();
        return services;
    }
}
