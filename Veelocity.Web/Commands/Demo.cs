using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Startup;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Commands;

/// <summary>
/// Shows Veelocity to someone without a token: <c>demo --simulator http://127.0.0.1:5090</c> serves as usual, with an organization that
/// is connected to the simulator and synced by the real connectors.
/// </summary>
internal static class Demo
{
    private const string Email = "demo@veelocity.example";
    private const string Password = "veelocity-demo";
    private const string GitHub = "github";
    private const string Slack = "slack";
    private const string Linear = "linear";

    /// <summary>Points GitHub's, Slack's and Linear's addresses at the simulator; before the app is built.</summary>
    public static void Configure(WebApplicationBuilder builder, string[] arguments)
    {
        var at = Array.IndexOf(arguments, "--simulator");
        if (at < 0 || at + 1 >= arguments.Length || !Uri.TryCreate(arguments[at + 1], UriKind.Absolute, out var simulator))
            throw new StartupException("The demo needs to know where the simulator answers: demo --simulator http://127.0.0.1:5090. `make demo` starts both.");
        builder.Configuration["Connectors:GitHub:BaseUrl"] = simulator.ToString();
        builder.Configuration["Connectors:Slack:BaseUrl"] = new Uri(simulator, "slack/api/").ToString();
        builder.Configuration["Connectors:Linear:BaseUrl"] = new Uri(simulator, "linear/").ToString();
    }

    /// <summary>Serves, and prints how to sign in once the first sync is through.</summary>
    public static async Task RunAsync(WebApplication app)
    {
        app.UseSyncSchedule();
        await app.StartAsync();
        var organization = await PrepareAsync(app.Services);
        Console.WriteLine("Reading the simulated GitHub, Slack and Linear …");
        await FinishSyncAsync(app.Services, organization.Id, app.Lifetime.ApplicationStopping);
        Console.WriteLine($"Sign in at {app.Urls.First()}/o/{organization.Slug} as {Email} with the password {Password}");
        await app.WaitForShutdownAsync();
    }

    private static async Task<Organization> PrepareAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, users) = (scope.ServiceProvider.GetRequiredService<VeelocityDb>(), scope.ServiceProvider.GetRequiredService<UserManager<User>>());
        if (await users.FindByEmailAsync(Email) is not { } user)
        {
            await scope.ServiceProvider.GetRequiredService<Registration>().RegisterAsync("Demo Lead", Email, Password);
            user = (await users.FindByEmailAsync(Email))!;
        }
        var mine = await scope.ServiceProvider.GetRequiredService<MyOrganizations>().ListAsync(user.Id);
        var organizationId = mine.Count > 0 ? mine[0].Id
            : (await scope.ServiceProvider.GetRequiredService<OrganizationFounding>().FoundAsync(user.Id, "Acme", "Europe/Paris")).Id;
        db.Enter(organizationId);

        var connections = scope.ServiceProvider.GetRequiredService<Connections>();
        await connections.ConnectAsync(organizationId, GitHub, "ghp_demo", null, null, user.Id, CancellationToken.None);
        await connections.ConnectAsync(organizationId, Slack, "xoxb-demo", null, null, user.Id, CancellationToken.None);
        await connections.ConnectAsync(organizationId, Linear, "lin_api_demo", null, null, user.Id, CancellationToken.None);
        return await db.Organizations.SingleAsync(o => o.Id == organizationId);
    }

    private static async Task FinishSyncAsync(IServiceProvider services, Guid organizationId, CancellationToken stopping)
    {
        for (var isOpen = true; isOpen; await Task.Delay(TimeSpan.FromMilliseconds(300), stopping))
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<VeelocityDb>();
            db.Enter(organizationId);
            isOpen = await db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                .AnyAsync(r => r.OrganizationId == organizationId && r.FinishedAt == null, stopping);
        }
    }
}
