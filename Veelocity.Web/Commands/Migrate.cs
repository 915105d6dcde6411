using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Commands;

/// <summary>Brings the database to this version; several instances that start together wait for one another.</summary>
internal static class Migrate
{
    public static async Task RunAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<VeelocityDb>().Database.MigrateAsync();
    }
}
