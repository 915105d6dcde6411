namespace Veelocity.Web.SampleData;

/// <summary>Registers the sample organization.</summary>
public static class SampleDataModule
{
    public static IServiceCollection AddSampleData(this IServiceCollection services) => services.AddScoped<SampleOrganization>();
}
