using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Platform;
using Veelocity.Web.Tests.Sync;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Commands;

/// <summary>The demo, as `make demo` starts it.</summary>
public sealed class DemoTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_demo_is_up_to_date_its_teams_own_repositories_and_it_keeps_the_schedule()
    {
        await using var github = await GitHubSimulator.StartAsync(
            SeededWorld.Create(new SeedOptions { Now = SeedOptions.Today(TimeProvider.System), PullRequests = 400, Months = 6, HasTeams = true }), cancel: cancellation);
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        // Another organization, whose last sync is long ago: the schedule has to sync it at once.
        var other = (await host.FoundAndConnectAsync("github")).Connection;
        await using var db = host.Database.Open();
        var runs = db.SyncRuns.IgnoreQueryFilters().Where(r => r.OrganizationId == other.OrganizationId);
        await runs.ExecuteUpdateAsync(
            set => set.SetProperty(r => r.RequestedAt, DateTimeOffset.UtcNow.AddDays(-1)).SetProperty(r => r.FinishedAt, DateTimeOffset.UtcNow.AddDays(-1))
                .SetProperty(r => r.Outcome, SyncOutcome.Done), cancellation);

        await using var demo = host.Start(github.BaseUrl, ["demo", "--simulator", github.BaseUrl.ToString()], ("Sync__EveryMinutes", "15"));
        var address = await demo.ReadyAsync(cancellation);
        await UntilAsync(() => Task.FromResult(demo.Output.Contains("Sign in at", StringComparison.Ordinal)), demo);

        using var browser = new Browser(address);
        await browser.SubmitAsync("/account/login", ("Email", "demo@veelocity.example"), ("Password", "veelocity-demo"));
        var dashboard = await browser.GetAsync("/o/acme");
        Assert.Null(dashboard.Document.QuerySelector("#stale"));
        var team = dashboard.Document.QuerySelectorAll("select#team option").Single(option => option.TextContent == "Payments").GetAttribute("value");
        Assert.NotNull((await browser.GetAsync($"/o/acme/dora?team={team}")).Document.QuerySelector(".kpi-number"));

        await UntilAsync(() => runs.AnyAsync(r => r.Trigger == SyncTrigger.Schedule, cancellation), demo);
    }

    private async Task UntilAsync(Func<Task<bool>> isSo, AppProcess demo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        while (!await isSo())
        {
            Assert.False(limit.IsCancellationRequested, demo.Output);
            await Task.Delay(100, cancellation);
        }
    }
}
