using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Histories;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Connectors;
using Veelocity.Web.Tests.Simulator;

namespace Veelocity.Web.Tests.Connectors.GitHub;

/// <summary>What both connectors really ask over REST, taken from the simulator's log, held against what GitHub publishes; no list to forget.</summary>
public sealed class AskedPathTests
{
    [Fact]
    public async Task Every_path_and_parameter_that_is_asked_for_is_published()
    {
        var world = SeededWorld.Create(new SeedOptions { Now = SeedOptions.Today(TimeProvider.System), PullRequests = 150, Monorepo = true });
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var code = await new Reading(host.GitHub).FetchAsync();
        var actions = new Reading(host.Actions) { Repositories = code.FoundRepositories() };
        await actions.FetchAsync();
        var history = new RandomHistory(world, 4, ["rerun_run", "complete_run", "create_deployment", "complete_deployment", "merge_pull_request"]);
        for (var step = 0; step < 30; step++)
            history.Step(DateTimeOffset.UtcNow);
        await code.FetchAsync();
        await actions.FetchAsync();

        using var published = PublishedDescription.OfRest();
        var asked = github.RequestLog.All.Where(request => request.Kind == RequestKind.Rest).Select(request => request.Path).ToList();

        Assert.Contains(asked, path => path.Contains("/attempts/", StringComparison.Ordinal));
        Assert.Contains(asked, path => path.Contains("/commits?", StringComparison.Ordinal));
        Assert.Empty(asked.SelectMany(path => published.ProblemsOf(path)).Distinct(StringComparer.Ordinal));
    }
}
