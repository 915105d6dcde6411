using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Simulator;

namespace Veelocity.Web.Tests.Sync;

/// <summary>What messy repositories send, through real syncs into rows.</summary>
public sealed class MessySyncTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_that_cannot_be_stored_costs_no_row()
    {
        var world = SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 60 });
        var repository = world.Repositories.First(r => r.PullRequests.Count > 0 && r.Runs.Count > 0);
        repository.PullRequests[0].Title = "Pay\0ment";
        repository.Runs[0].DisplayTitle = "Nightly\0 build";
        await using var github = await GitHubSimulator.StartAsync(world, cancel: Stop);
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var connected = await host.FoundAndConnectAsync("github");

        var runs = await host.RunAllAsync(connected.Runs);

        Assert.All(runs, run => Assert.Equal((SyncOutcome.Done, 0), (run.Outcome, run.Problems.Count)));
        var counted = await host.CountAsync(connected.Connection.OrganizationId);
        Assert.Equal(world.Repositories.Sum(r => r.PullRequests.Count), counted["pull_requests"]);
        Assert.Equal(world.Repositories.Sum(r => r.Runs.Sum(run => run.Attempts.Count)), counted["workflow_runs"]);
        await using var db = host.Database.Open();
        Assert.Equal(1, await db.PullRequests.IgnoreQueryFilters().CountAsync(p => p.Title == "Payment", Stop));
        Assert.Equal(1, await db.WorkflowRuns.IgnoreQueryFilters().Where(r => r.Title == "Nightly build").Select(r => r.ExternalId).Distinct().CountAsync(Stop));
    }

    [Fact]
    public async Task M15_the_head_of_the_default_branch_is_known_and_follows_a_force_push()
    {
        var world = SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 60 });
        var repository = world.Repositories.MaxBy(r => r.PullRequests.Count)!;
        await using var github = await GitHubSimulator.StartAsync(world, cancel: Stop);
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var connected = await host.FoundAndConnectAsync("github");
        await host.RunAllAsync(connected.Runs);
        Assert.Equal(repository.Head!.Sha, await HeadAsync());

        repository.Branches[repository.DefaultBranchName] = repository.Head.Parents[0];
        repository.PushedAt = repository.PushedAt?.AddMinutes(1);
        await host.RunAllAsync(await host.RequestAsync(connected.Connection));
        Assert.Equal(repository.Head!.Sha, await HeadAsync());

        async Task<string?> HeadAsync()
        {
            await using var db = host.Database.Open();
            return await db.Repositories.IgnoreQueryFilters().Where(r => r.ExternalId == $"{repository.Id}").Select(r => r.HeadSha).SingleAsync(Stop);
        }
    }

    [Fact]
    public async Task M19_a_backport_starts_when_it_was_committed()
    {
        var world = SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 60 });
        var pulls = world.Repositories.SelectMany(r => r.PullRequests).Where(p => p is { MergedAt: not null, Commits.Count: > 0 }).Take(2).ToList();
        foreach (var commit in pulls.SelectMany(p => p.Commits)) commit.Author = commit.Author with { Date = commit.Committer.Date.AddMonths(-4) };
        pulls[0].Title = "[Backport 1.x] Round totals";
        await using var github = await GitHubSimulator.StartAsync(world, cancel: Stop);
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        await host.RunAllAsync((await host.FoundAndConnectAsync("github")).Runs);

        await using var db = host.Database.Open();
        Assert.Equal(pulls[0].Commits.Min(c => c.Committer.Date), await FirstCommitAsync(pulls[0]));
        Assert.Equal(pulls[1].Commits.Min(c => c.Author.Date), await FirstCommitAsync(pulls[1]));

        Task<DateTimeOffset?> FirstCommitAsync(Veelocity.Simulator.Worlds.PullRequest pull) =>
            db.PullRequests.IgnoreQueryFilters().Where(p => p.Title == pull.Title && p.Number == pull.Number).Select(p => p.FirstCommitAt).SingleAsync(Stop);
    }
}
