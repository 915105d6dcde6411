using System.Net;
using Npgsql;
using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Pages;
using Veelocity.Web.Tests.Platform;
using Veelocity.Web.Tests.Security;
using Veelocity.Web.Tests.Simulator;
using Veelocity.Web.Tests.Sync;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Data;

/// <summary>This version on a database that a later one has migrated meanwhile: during a rollout, and after a step back.</summary>
public sealed class LaterVersionTests
{
    // Npgsql prepares what it is asked for the fifth time.
    private const int Rounds = 6;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_go_on_and_so_does_whoever_changes_something()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var organization = await WorkingOrganization.FoundAsync(app);
        using var browser = await organization.BrowserOfAsync(organization.Admin);
        var pages = (await EveryRoute.OfAsync(app))
            .Where(route => route.OnlyReads && route.Handler is null && route.Pattern.StartsWith("/o/{slug}", StringComparison.Ordinal) && !route.Parameters.Any())
            .Select(route => route.Address(organization.Slug, Guid.Empty, (_, _) => "")).ToList();
        Assert.InRange(pages.Count, 20, int.MaxValue);
        Dictionary<string, HttpStatusCode> before = [];
        for (var round = 0; round < Rounds; round++) before = await AskAsync(browser, pages);
        Assert.DoesNotContain(before, page => page.Value >= HttpStatusCode.InternalServerError);

        await MigrateAsLaterAsync(app.Database.ConnectionString);

        Assert.Equal(before, await AskAsync(browser, pages));
        await (await app.SomeoneAsync()).FoundAsync("Founded later");
        using var probe = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync(new Uri(app.Address, "/readyz"), Now)).StatusCode);
    }

    [Fact]
    public async Task It_starts_and_syncs()
    {
        await using var github = await GitHubSimulator.StartAsync(SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 40 }), cancel: Now);
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var connected = await host.FoundAndConnectAsync("github");
        await host.RunAllAsync(connected.Runs);
        await MigrateAsLaterAsync(host.Database.ConnectionString);

        var again = await host.RunAllAsync(await host.RequestAsync(connected.Connection, isFull: true));
        Assert.All(again, run => Assert.Equal((SyncOutcome.Done, null), (run.Outcome, run.Error)));
        await using var worker = host.Start(github.BaseUrl, ["worker"]);
        var probes = await worker.ReadyAsync(Now);
        foreach (var run in (await host.FoundAndConnectAsync("github")).Runs) Assert.Equal(SyncOutcome.Done, (await host.UntilAsync(run.Id, r => !r.IsOpen)).Outcome);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(probes, "/readyz"), Now)).StatusCode);
    }

    private static async Task<Dictionary<string, HttpStatusCode>> AskAsync(Browser browser, IEnumerable<string> pages)
    {
        var answers = new Dictionary<string, HttpStatusCode>(StringComparer.Ordinal);
        foreach (var page in pages) answers[page] = (await browser.GetAsync(page)).Status;
        return answers;
    }

    /// <summary>What MigrationTests allows of a migration: a table more, and a column more in every table.</summary>
    private static async Task MigrateAsLaterAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Now);
        await using var command = new NpgsqlCommand("""
            DO $$
            DECLARE named text;
            BEGIN
                FOR named IN SELECT format('%I', relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '__EFMigrationsHistory' LOOP
                    EXECUTE 'ALTER TABLE ' || named || ' ADD COLUMN later_added text NOT NULL DEFAULT ''later''';
                END LOOP;
                CREATE TABLE later_things (id uuid PRIMARY KEY);
                INSERT INTO "__EFMigrationsHistory" (migration_id, product_version) VALUES ('99990101000000_Later', '99.0.0');
            END $$
            """, connection);
        await command.ExecuteNonQueryAsync(Now);
    }
}
