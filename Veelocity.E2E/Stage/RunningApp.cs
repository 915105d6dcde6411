using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Platform;

namespace Veelocity.E2E.Stage;

/// <summary>The app as a process of its own, on a database of its own, with a simulated GitHub and a browser: started once for all journeys.</summary>
public sealed class RunningApp : IAsyncLifetime
{
    private readonly Lazy<Task<Acme>> acme;
    private TestDatabase database = null!;
    private AppProcess process = null!;
    private IPlaywright playwright = null!;

    public RunningApp() => acme = new(() => StartAcmeAsync());

    public GitHubSimulator GitHub { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    internal Api Api { get; private set; } = null!;

    /// <summary>An organization that is connected and synced, to look at and not to change.</summary>
    internal Task<Acme> AcmeAsync() => acme.Value;

    /// <summary>What the app has said so far.</summary>
    public string Output => process.Output;

    /// <summary>A look into the database.</summary>
    internal Web.Data.VeelocityDb OpenDatabase() => database.Open();

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(15_000);
        database = await TestDatabase.CreateAsync();
        GitHub = await GitHubSimulator.StartAsync(SeededWorld.Create(new SeedOptions
        {
            Now = SeedOptions.Today(TimeProvider.System),
            PullRequests = 700,
        }));
        process = AppProcess.Start(
            ("ConnectionStrings__Veelocity", database.ConnectionString),
            ("Connectors__GitHub__BaseUrl", GitHub.BaseUrl.ToString()),
            ("Veelocity__Security__SignInsPerMinute", "100000"),
            ("Sync__EveryMinutes", "0"),
            ("ASPNETCORE_CONTENTROOT", AppContext.BaseDirectory),
            // The build's static files are known to the app only in this environment; published ones in any.
            ("ASPNETCORE_ENVIRONMENT", "Development"));
        Address = await process.ReadyAsync(CancellationToken.None);
        Api = new Api(Address);
        playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(playwright);
    }

    public async ValueTask DisposeAsync()
    {
        // What started, when the start itself failed.
        if (Browser is not null) await Browser.DisposeAsync();
        playwright?.Dispose();
        Api?.Dispose();
        if (process is not null) await process.DisposeAsync();
        if (GitHub is not null) await GitHub.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
    }

    private async Task<Acme> StartAcmeAsync()
    {
        var admin = await Api.RegisterAsync();
        var slug = await Api.FoundAsync(admin, "Acme");
        await Api.ConnectAsync(admin, slug);
        await using var db = OpenDatabase();
        var change = await db.DeployedChanges.IgnoreQueryFilters().Where(c => c.LeftOut == null && c.ReviewSeconds > 0 && db.Organizations.Any(o => o.Id == c.OrganizationId && o.Slug == slug))
            .OrderByDescending(c => c.DeployedAt).FirstAsync();
        return new Acme(admin, slug, await Api.FoundAsync(admin, "Beginners"), change.PullRequestId, change.DeploymentId);
    }
}

/// <summary>The organization to look at, its Admin, and a second organization of theirs with nothing connected.</summary>
/// <param name="ChangeId">A reviewed pull request in production, and what brought it there.</param>
internal sealed record Acme(Person Admin, string Slug, string EmptySlug, Guid ChangeId, Guid DeploymentId);
