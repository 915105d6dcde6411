using System.Diagnostics;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Web.Tests.Simulator;

[Collection(Alone.Name)]
public sealed class SeedSizeTests
{
    public static MatrixTheoryData<int, int> Sizes => new([1, 2, 3, 6, 8, 12], [0, 1, 5, 40]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_world_of_any_size_comes_about(int months, int pullRequests)
    {
        var world = SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, Months = months, PullRequests = pullRequests, Repositories = 9, Monorepo = true });

        Assert.Equal(10, world.Repositories.Count);
        Assert.All(world.Repositories.Where(repository => repository.Name != "sandbox"), repository => Assert.NotNull(repository.Head));
        Assert.All(world.Repositories.SelectMany(repository => repository.PullRequests), pull => Assert.InRange(pull.CreatedAt, SimulatedGitHub.Now.AddMonths(-months), SimulatedGitHub.Now));
        Assert.True(world.Repositories.Single(repository => repository.IsArchived).PushedAt < SimulatedGitHub.Now.AddMonths(-months / 4));
    }

    [Fact]
    public void Fifty_repositories_with_ten_thousand_pull_requests_and_fifty_thousand_runs_are_made_in_seconds()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();

        var world = SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, Repositories = 50, PullRequests = 10_000 });

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var megabytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        TestContext.Current.TestOutputHelper?.WriteLine($"{seconds:N1} s, {megabytes:N0} MB, {world.Repositories.Sum(repository => repository.Runs.Count)} runs");
        Assert.InRange(world.Repositories.Sum(repository => repository.PullRequests.Count), 9_000, 11_000);
        Assert.InRange(world.Repositories.Sum(repository => repository.Runs.Count), 50_000, 100_000);
        // Three seconds where nothing else runs.
        Assert.True(seconds < 60, $"{seconds:N1} s");
        Assert.True(megabytes < 400, $"{megabytes:N0} MB");
    }
}
