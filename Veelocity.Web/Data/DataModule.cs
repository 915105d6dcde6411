using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;
using Veelocity.Web.Platform.Observability;

namespace Veelocity.Web.Data;

/// <summary>Registers the database and keeps the keys that encrypt secrets in it.</summary>
public static class DataModule
{
    public static IServiceCollection AddVeelocityData(this IServiceCollection services, string connectionString)
    {
        // Named, so that metrics and traces do not carry the connection string.
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(Prepared(connectionString)) { Name = "veelocity" }.Build());
        services.AddSingleton<DatabaseDoor>().AddSingleton<RowScopeInterceptor>();
        services.AddSingleton(_ => new DatabaseLocks(connectionString));
        services.AddDbContext<VeelocityDb>((provider, options) =>
            Use(options, provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<RowScopeInterceptor>()));
        services.AddScoped<SetWriter>();
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database", tags: [Probe.Ready]);
        services.AddHostedService<QueueMeter>();
        services.AddDataProtection().SetApplicationName("Veelocity").PersistKeysToDbContext<VeelocityDb>();
        return services;
    }

    /// <summary>
    /// Brings the database to this version and raises the walls between organizations; several instances that start together wait for one another.
    /// </summary>
    public static async Task<Walls> MigrateAsync(NpgsqlDataSource source, CancellationToken cancellation = default)
    {
        var options = new DbContextOptionsBuilder<VeelocityDb>();
        Use(options, source, new RowScopeInterceptor(new DatabaseDoor(source)));
        await using var db = new VeelocityDb(options.Options) { Scope = RowScope.Maintenance };
        db.Database.SetCommandTimeout(TimeSpan.Zero); // a large table takes as long as it takes
        // EF's own lock falls where a migration leaves its transaction.
        await using var alone = await DatabaseLocks.TakeAsync("migrations", source, cancellation);
        await FormerMigrations.AdoptAsync(db, cancellation);
        await db.Database.MigrateAsync(cancellation);
        return await RowLevelSecurity.RaiseAsync(db, cancellation);
    }

    /// <summary>A context in the role of the connection string, for tests and tools that run without the app.</summary>
    public static VeelocityDb Open(string connectionString) =>
        new(new DbContextOptionsBuilder<VeelocityDb>().UseNpgsql(connectionString).UseSnakeCaseNamingConvention().Options);

    /// <summary>A context on a connection that its caller opened and will close, for work that brings its own transactions.</summary>
    public static VeelocityDb Open(NpgsqlConnection connection) =>
        new(new DbContextOptionsBuilder<VeelocityDb>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);

    /// <summary>Statements that are asked again and again are parsed and planned once for each connection, unless the connection string says otherwise.</summary>
    private static string Prepared(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ContainsKey("Max Auto Prepare")) settings.MaxAutoPrepare = 200;
        return settings.ConnectionString;
    }

    private static void Use(DbContextOptionsBuilder options, NpgsqlDataSource source, RowScopeInterceptor interceptor) =>
        options.UseNpgsql(source).UseSnakeCaseNamingConvention().AddInterceptors(interceptor);
}

/// <summary>Lets <c>dotnet ef migrations add</c> see the model without starting the app.</summary>
internal sealed class DesignTimeVeelocityDb : IDesignTimeDbContextFactory<VeelocityDb>
{
    public VeelocityDb CreateDbContext(string[] args) => DataModule.Open("Host=design-time");
}
