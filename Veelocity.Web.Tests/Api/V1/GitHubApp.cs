using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Simulator;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>The app, whose operator pointed it to a simulated GitHub with a small world.</summary>
public sealed class GitHubApp : IAsyncLifetime
{
    public GitHubSimulator GitHub { get; private set; } = null!;

    public TestApp App { get; } = new();

    public async ValueTask InitializeAsync()
    {
        GitHub = await GitHubSimulator.StartAsync(
            SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 40 }), cancel: TestContext.Current.CancellationToken);
        App.Settings["Connectors:GitHub:BaseUrl"] = GitHub.BaseUrl.ToString();
        App.Settings["Sync:Worker"] = "true";
        await App.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await GitHub.DisposeAsync();
    }

    /// <summary>Someone new in an organization of their own, with this role.</summary>
    internal Task<(Someone Member, Guid OrganizationId)> MemberAsync(Role role = Role.Admin) => MemberAsync(App, role);

    internal static async Task<(Someone Member, Guid OrganizationId)> MemberAsync(TestApp app, Role role = Role.Admin)
    {
        var someone = await app.SomeoneAsync();
        var id = (await someone.FoundAsync("Acme")).GetProperty("id").GetGuid();
        await using var db = app.Database.Open();
        await db.Memberships.IgnoreQueryFilters().Where(m => m.OrganizationId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, role), TestContext.Current.CancellationToken);
        return (someone, id);
    }
}
