using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Simulator;

namespace Veelocity.Web.Tests.Sync;

public sealed class GitHubSyncTests
{
    [Fact]
    public async Task Facts_become_rows_of_their_organization_and_a_second_sync_writes_nothing_and_asks_little()
    {
        await using var github = await StartAsync(AWorld(140));
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var all = await host.FoundAndConnectAsync("github");
        var two = github.World.Repositories.Take(2).ToList();
        var some = await host.FoundAndConnectAsync("github", repositories: [.. two.Select(repository => repository.FullName)]);

        var first = await host.RunAllAsync(all.Runs);
        await host.RunAllAsync(some.Runs);

        Assert.Equal([("github", SyncOutcome.Done), ("github_actions", SyncOutcome.Done)], first.Select(run => (run.Connector, run.Outcome!.Value)));
        Assert.Empty(first.SelectMany(run => run.Problems));
        Assert.Equal(Expected(github.World.Repositories), await host.CountAsync(all.Connection.OrganizationId));
        Assert.Equal(Expected(two), await host.CountAsync(some.Connection.OrganizationId));

        github.RequestLog.Clear();
        var second = await host.RunAllAsync(await host.RequestAsync(all.Connection));
        Assert.Equal([0, 0], second.Select(run => run.ChangedRows));
        Assert.InRange(github.RequestLog.All.Count, 1, 3 * github.World.Repositories.Count);
        Assert.Equal(github.RequestLog.All.Count, second.Sum(run => run.Requests));

        var full = await host.RunAllAsync(await host.RequestAsync(all.Connection, isFull: true));
        Assert.Equal([0, 0], full.Select(run => run.ChangedRows));
    }

    [Fact]
    public async Task A_sync_that_is_killed_again_and_again_ends_with_the_same_rows()
    {
        await using var github = await StartAsync(AWorld(90));
        var lives = 0;
        await using var dying = await SyncHost.StartAsync(github.BaseUrl, around: inner => new StoppingConnector(inner, () => lives += 3));
        await using var steady = await SyncHost.StartAsync(github.BaseUrl);
        var killed = await dying.FoundAndConnectAsync("github");
        var undisturbed = await steady.FoundAndConnectAsync("github");

        var deaths = 0;
        foreach (var run in killed.Runs)
        {
            lives = 0;
            while ((await dying.ReadAsync(run.Id)).IsOpen)
            {
                try
                {
                    await dying.RunAsync(run.Id);
                }
                catch (OperationCanceledException)
                {
                    deaths++;
                }
            }
            Assert.Equal(SyncOutcome.Done, (await dying.ReadAsync(run.Id)).Outcome);
        }
        await steady.RunAllAsync(undisturbed.Runs);

        Assert.InRange(deaths, 4, int.MaxValue);
        Assert.Equal(
            await steady.ContentsAsync(undisturbed.Connection.OrganizationId),
            await dying.ContentsAsync(killed.Connection.OrganizationId));
    }

    [Fact]
    public async Task One_repository_that_cannot_be_read_is_listed_and_the_others_are_stored()
    {
        await using var github = await StartAsync(AWorld(60));
        var bad = github.World.Repositories.First(repository => repository.Runs.Count > 0);
        github.Faults.Add(new Fault(FaultKind.BadGateway) { Request = RequestKind.Rest, PathContains = $"/{bad.FullName}/actions/runs" });
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var connected = await host.FoundAndConnectAsync("github");

        var runs = await host.RunAllAsync(connected.Runs);

        var problem = Assert.Single(runs[1].Problems);
        Assert.Equal("unreachable", problem.Cause);
        Assert.Equal(SyncOutcome.Done, runs[1].Outcome);
        var others = github.World.Repositories.Where(repository => repository != bad).Sum(repository => repository.Runs.Sum(run => run.Attempts.Count));
        Assert.Equal(others, (await host.CountAsync(connected.Connection.OrganizationId))["workflow_runs"]);

        github.Faults.Clear();
        await host.RunAllAsync(await host.RequestAsync(connected.Connection));
        Assert.Equal(Expected(github.World.Repositories), await host.CountAsync(connected.Connection.OrganizationId));
    }

    [Fact]
    public async Task A_first_sync_of_10_000_pull_requests_costs_at_most_450_queries()
    {
        await using var github = await StartAsync(AWorld(10_000));
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var connected = await host.FoundAndConnectAsync("github");
        github.RequestLog.Clear();

        await host.RunAllAsync(connected.Runs);

        var pulls = (await host.CountAsync(connected.Connection.OrganizationId))["pull_requests"];
        Assert.InRange(pulls, 9_500, 10_500);
        Assert.Equal(github.World.Repositories.Sum(repository => repository.PullRequests.Count), pulls);
        var queries = github.RequestLog.All.Where(request => request.Kind == RequestKind.GraphQl).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", queries.CountBy(query => query.Operation ?? "unnamed")));
        // What failed in runs that failed is apart.
        Assert.InRange(queries.Count(query => query.Operation != "FailedSteps"), 1, 450);
    }

    private static Task<GitHubSimulator> StartAsync(World world) => GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);

    private static World AWorld(int pullRequests) => SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = pullRequests });

    private static Dictionary<string, long> Expected(IReadOnlyList<Veelocity.Simulator.Worlds.Repository> repositories) => new(StringComparer.Ordinal)
    {
        ["repositories"] = repositories.Count,
        ["pull_requests"] = repositories.Sum(repository => repository.PullRequests.Count),
        ["reviews"] = repositories.Sum(repository => repository.PullRequests.Sum(pull => pull.Reviews.Count(review => review.SubmittedAt is not null))),
        ["commits"] = repositories.Sum(History),
        ["releases"] = repositories.Sum(repository => repository.Releases.Count),
        ["workflows"] = repositories.Sum(repository => repository.Workflows.Count),
        ["workflow_runs"] = repositories.Sum(repository => repository.Runs.Sum(run => run.Attempts.Count)),
        ["environment_deployments"] = repositories.Sum(repository => repository.Deployments.Count),
        ["environment_deployment_statuses"] = repositories.Sum(repository => repository.Deployments.Sum(deployment => deployment.Statuses.Count)),
        ["deployment_environments"] = repositories.Sum(repository => repository.Deployments.Select(deployment => deployment.Environment).Distinct().Count()),
    };

    // Only what the default branch reaches is read.
    private static int History(Veelocity.Simulator.Worlds.Repository repository)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Stack<Veelocity.Simulator.Worlds.Commit>(repository.Head is { } head ? [head] : []);
        while (ahead.TryPop(out var commit))
        {
            if (!seen.Add(commit.Sha)) continue;
            foreach (var parent in commit.Parents) ahead.Push(parent);
        }
        return seen.Count;
    }
}
