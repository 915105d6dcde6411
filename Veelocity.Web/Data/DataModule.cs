using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Veelocity.Web.Data;

/// <summary>Registers the database and keeps the keys that encrypt secrets in it.</summary>
public static class DataModule
{
    public static IServiceCollection AddVeelocityData(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        services.AddSingleton(_ => new DatabaseLocks(connectionString));
        services.AddDbContext<VeelocityDb>((provider, options) =>
            options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention());
        services.AddScoped<SetWriter>();
        services.AddDataProtection().SetApplicationName("Veelocity").PersistKeysToDbContext<VeelocityDb>();
        return services;
    }

    /// <summary>A context on its own connection string, for migrations, tests and tools that run without the app.</summary>
    public static VeelocityDb Open(string connectionString) =>
        new(new DbContextOptionsBuilder<VeelocityDb>().UseNpgsql(connectionString).UseSnakeCaseNamingConvention().Options);

    /// <summary>A context on a connection that its caller opened and will close, for work that brings its own transactions.</summary>
    public static VeelocityDb Open(NpgsqlConnection connection) =>
        new(new DbContextOptionsBuilder<VeelocityDb>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);
}

/// <summary>Lets <c>dotnet ef migrations add</c> see the model without starting the app.</summary>
internal sealed class DesignTimeVeelocityDb : IDesignTimeDbContextFactory<VeelocityDb>
{
    public VeelocityDb CreateDbContext(string[] args) => DataModule.Open("Host=design-time");
}
