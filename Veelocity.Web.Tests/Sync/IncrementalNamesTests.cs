using Veelocity.Simulator;
using Veelocity.Simulator.Histories;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Sync;

public sealed class IncrementalNamesTests
{
    [Fact]
    public async Task A_chosen_repository_stays_chosen_when_it_is_renamed()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var world = SeededWorld.Create(new SeedOptions { Now = now, PullRequests = 40 });
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var repository = world.Repositories.First(candidate => candidate.Runs.Count > 0 && !candidate.IsArchived);
        var connected = await host.FoundAndConnectAsync("github", repositories: [repository.FullName.ToUpperInvariant()]);
        await host.RunAllAsync(connected.Runs);
        world.Rename(repository, "another-name");
        RandomHistory.Apply(world, "start_run", new ChangeTarget { Repository = repository.FullName }, now);

        var runs = await host.RunAllAsync(await host.RequestAsync(connected.Connection));
        var again = await host.RunAllAsync(await host.RequestAsync(connected.Connection));

        Assert.Equal(["acme/another-name"], (await host.ReadAsync(connected.Connection)).SelectedRepositories!);
        Assert.Equal(1, (await host.CountAsync(connected.Connection.OrganizationId))["repositories"]);
        Assert.Equal(
            repository.Runs.Sum(run => run.Attempts.Count), (await host.CountAsync(connected.Connection.OrganizationId))["workflow_runs"]);
        Assert.Empty(runs.Concat(again).SelectMany(run => run.Problems));
    }
}
