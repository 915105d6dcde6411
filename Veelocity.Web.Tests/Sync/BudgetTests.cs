using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Connectors;
using Veelocity.Web.Tests.Connectors;

namespace Veelocity.Web.Tests.Sync;

/// <summary>What reading costs of GitHub's two budgets of 5,000 an hour.</summary>
public sealed class BudgetTests
{
    [Fact]
    public async Task A_first_sync_of_50_repositories_with_10_000_pull_requests_and_50_000_runs_costs_450_points_and_700_requests_at_most()
    {
        var world = BudgetWorld.Create(repositories: 50, pullRequests: 10_000);
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);

        var code = await new Reading(host.GitHub).FetchAsync();
        var actions = await new Reading(host.Actions) { Repositories = code.FoundRepositories() }.FetchAsync();

        Assert.Empty(code.Problems.Concat(actions.Problems));
        Assert.Equal(10_000, code.Facts.OfType<PullRequestFact>().Select(pull => (pull.RepositoryExternalId, pull.Number)).Distinct().Count());
        var runs = actions.Facts.OfType<WorkflowRunFact>().DistinctBy(run => (run.ExternalId, run.Attempt)).ToList();
        Assert.Equal(50_000, runs.Select(run => run.ExternalId).Distinct().Count());
        AssertEndsAreExact(world, runs);
        foreach (var (operation, requests, points) in Spent(github))
            TestContext.Current.TestOutputHelper?.WriteLine($"{operation}: {requests} requests, {points} points");
        // What is read of failed runs is apart: their earlier attempts, and the steps that failed.
        var spent = github.RequestLog.All.Where(request => request.Operation != "FailedSteps" && !request.Path.Contains("/attempts/", StringComparison.Ordinal)).ToList();
        Assert.InRange(spent.Where(request => request.Kind == RequestKind.GraphQl).Sum(request => request.Cost), 300, 450);
        Assert.InRange(spent.Count(request => request.Kind == RequestKind.Rest), 500, 700);
    }

    [Fact]
    public async Task A_sync_with_nothing_new_asks_little_more_than_one_request_a_repository()
    {
        var world = BudgetWorld.Create(repositories: 50, pullRequests: 500);
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var code = await new Reading(host.GitHub).FetchAsync();
        var actions = new Reading(host.Actions) { Repositories = code.FoundRepositories() };
        await actions.FetchAsync();
        github.RequestLog.Clear();

        await code.FetchAsync();
        await actions.FetchAsync();

        Assert.InRange(github.RequestLog.All.Count, 50, 60);
        Assert.InRange(github.RequestLog.All.Where(request => request.Kind == RequestKind.GraphQl).Sum(request => request.Cost), 1, 5);
    }

    private static void AssertEndsAreExact(World world, IEnumerable<WorkflowRunFact> facts)
    {
        var runs = world.Repositories.SelectMany(repository => repository.Runs).ToDictionary(run => run.Id);
        foreach (var fact in facts.Where(fact => fact.Jobs is not null))
        {
            var jobs = runs[fact.ExternalId].Attempts[fact.Attempt - 1].Jobs;
            Assert.Equal(jobs.Max(job => job.CompletedAt), fact.CompletedAt);
            Assert.Equal(jobs.Select(job => (job.Id, job.Conclusion)), fact.Jobs!.Select(job => (job.ExternalId, job.Conclusion)));
            Assert.Equal(fact.Conclusion == "failure" ? "Run" : null, fact.Jobs!.Select(job => job.FailedStep).FirstOrDefault(step => step is not null));
        }
    }

    private static IEnumerable<(string Operation, int Requests, int Points)> Spent(GitHubSimulator github) =>
        github.RequestLog.All
            .GroupBy(request => request.Operation ?? string.Join('/', request.Path.Split('?')[0].Split('/').Skip(4).Where(part => !part.All(char.IsDigit))), StringComparer.Ordinal)
            .Select(same => (same.Key, same.Count(), same.Sum(request => request.Kind == RequestKind.GraphQl ? request.Cost : 0)));
}
