using Npgsql;
using Veelocity.Web.Data;

namespace Veelocity.Web.Commands;

/// <summary>Brings the database to this version; several instances that start together wait for one another.</summary>
internal static partial class Migrate
{
    public static async Task RunAsync(IServiceProvider services)
    {
        if (await DataModule.MigrateAsync(services.GetRequiredService<NpgsqlDataSource>()) == Walls.Missing)
            LogNoWalls(services.GetRequiredService<ILogger<VeelocityDb>>(), DatabaseDoor.Role);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Row-level security does not hold: the database role of ConnectionStrings__Veelocity bypasses it and may not make the role {Role}. Only the app's own filters keep organizations apart. Connect as an ordinary role, or have an administrator grant it {Role}; docs/security.md tells how")]
    private static partial void LogNoWalls(ILogger logger, string role);
}
