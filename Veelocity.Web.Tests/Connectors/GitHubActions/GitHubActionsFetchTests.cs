using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors.GitHubActions;

public sealed class GitHubActionsFetchTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    [Fact]
    public async Task A_first_fetch_reads_every_attempt_and_every_deployment_status()
    {
        var world = SeededWorld.Create(new SeedOptions { Now = Now, PullRequests = 420 });
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);

        var reading = await new Reading(host.Actions) { Repositories = KnownOf(world) }.FetchAsync();

        Assert.Empty(reading.Problems);
        var runs = reading.Facts.OfType<WorkflowRunFact>().DistinctBy(run => (run.ExternalId, run.Attempt)).ToDictionary(run => (run.ExternalId, run.Attempt));
        var attempts = world.Repositories.SelectMany(repository => repository.Runs).SelectMany(run => run.Attempts.Select(attempt => (run, attempt))).ToList();
        Assert.Equal(attempts.Count, runs.Count);
        foreach (var (run, attempt) in attempts)
        {
            var fact = runs[(run.Id, attempt.Number)];
            Assert.Equal((attempt.Status, attempt.Conclusion, run.HeadSha), (fact.Status, fact.Conclusion, fact.HeadSha));
            Assert.Equal(attempt.StartedAt, fact.StartedAt);
            if (fact.Jobs is { Count: > 0 } jobs)
            {
                Assert.Equal(attempt.Jobs.Max(job => job.CompletedAt), fact.CompletedAt);
                Assert.Equal(attempt.Jobs.Count, jobs.Count);
            }
        }
        Assert.Contains(runs.Values, run => run.Jobs?.Any(job => job.FailedStep is not null) == true);
        var deployments = reading.Facts.OfType<EnvironmentDeploymentFact>().ToDictionary(deployment => deployment.ExternalId);
        Assert.Equal(world.Repositories.Sum(repository => repository.Deployments.Count), deployments.Count);
        foreach (var expected in world.Repositories.SelectMany(repository => repository.Deployments))
        {
            var fact = deployments[expected.Id];
            Assert.Equal(expected.Statuses.Select(status => status.State), fact.Statuses.Select(status => status.State));
            Assert.Equal(expected.Sha, fact.Sha);
        }
        Assert.Contains(reading.Facts.OfType<EnvironmentFact>(), environment => environment.IsProduction == true);
        Assert.Equal(reading.Batches[^1].Total, reading.Batches[^1].Done);
    }

    [Fact]
    public async Task More_than_a_thousand_runs_in_a_window_are_all_found()
    {
        var (world, repository) = Empty();
        for (var number = 0; number < 2_700; number++)
            Run(repository, Now.AddDays(-200).AddMinutes(number * (number < 2_000 ? 1 : 100)));
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);

        var reading = await new Reading(host.Actions) { Repositories = KnownOf(world), HistoryStart = Now.AddDays(-400) }.FetchAsync();

        Assert.Equal(2_700, reading.Facts.OfType<WorkflowRunFact>().Select(run => run.ExternalId).Distinct().Count());
        Assert.InRange(github.RequestLog.All.Count, 27, 60);
    }

    [Theory]
    [InlineData("active", false)]
    [InlineData("disabled_manually", false)]
    [InlineData("disabled_inactivity", true)]
    public async Task A_workflow_is_stored_with_the_state_that_GitHub_gives_it(string state, bool byRest)
    {
        var (world, repository) = Empty();
        repository.Workflows.Clear();
        var workflow = repository.Add(new Workflow(world.NextId(), "CI", ".github/workflows/ci.yml", Now.AddYears(-1)) { State = state });
        Run(repository, Now.AddDays(-2));
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        if (byRest) github.Faults.Add(new Fault(FaultKind.MissingPermission) { BodyContains = "WorkflowsOfRuns" });

        var reading = await new Reading(host.Actions) { Repositories = KnownOf(world) }.FetchAsync();

        var fact = Assert.Single(reading.Facts.OfType<WorkflowFact>());
        Assert.Equal((workflow.Id, "CI", state), (fact.ExternalId, fact.Name, fact.State));
    }

    [Fact]
    public async Task A_run_seen_unfinished_is_read_again_until_it_ends()
    {
        var (world, repository) = Empty();
        var run = Run(repository, Now.AddDays(-5), status: "waiting");
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var reading = await new Reading(host.Actions) { Repositories = KnownOf(world) }.FetchAsync();
        Assert.Null(Assert.Single(reading.Facts.OfType<WorkflowRunFact>()).CompletedAt);
        (run.Latest.Status, run.Latest.Conclusion, run.Latest.UpdatedAt) = ("completed", "success", Now);

        await reading.FetchAsync();
        var ended = Assert.Single(reading.Facts.OfType<WorkflowRunFact>());
        await reading.FetchAsync();

        Assert.Equal(("success", Now), (ended.Conclusion, ended.CompletedAt));
        Assert.Empty(reading.Facts.OfType<WorkflowRunFact>());
    }

    [Fact]
    public async Task A_full_fetch_finds_what_was_repeated_weeks_later()
    {
        var (world, repository) = Empty();
        var run = Run(repository, Now.AddDays(-20), conclusion: "failure");
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var reading = await new Reading(host.Actions) { Repositories = KnownOf(world) }.FetchAsync();
        run.Attempts.Add(new RunAttempt(2, Now.AddMinutes(-5)) { Conclusion = "success", UpdatedAt = Now });
        reading.Cursors.Clear();

        await reading.FetchAsync(isFull: true);

        Assert.Equal(
            [(1, "failure"), (2, "success")],
            reading.Facts.OfType<WorkflowRunFact>().OrderBy(fact => fact.Attempt).Select(fact => (fact.Attempt, fact.Conclusion!)));
    }

    [Fact]
    public async Task A_deployment_that_waited_for_approval_is_read_again_when_it_ends()
    {
        var (world, repository) = Empty();
        var deployment = repository.Add(new Deployment(repository, world.NextId(), new string('a', 40), "production", Now.AddDays(-3)) { IsProduction = true, Creator = world.Viewer });
        deployment.Add("waiting", Now.AddDays(-3));
        for (var hour = 0; hour < 3; hour++)
            repository.Add(new Deployment(repository, world.NextId(), new string('b', 40), "staging", Now.AddHours(-hour - 1)) { Creator = world.Viewer }).Add("success", Now.AddHours(-hour));
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var reading = await new Reading(host.Actions) { Repositories = KnownOf(world) }.FetchAsync();
        deployment.Add("success", Now);

        await reading.FetchAsync();

        var fact = reading.Facts.OfType<EnvironmentDeploymentFact>().Single(candidate => candidate.ExternalId == deployment.Id);
        Assert.Equal(["waiting", "success"], fact.Statuses.Select(status => status.State));
        Assert.Equal(2, github.RequestLog.All.Count(request => request.Operation == "Deployments"));
    }

    [Fact]
    public async Task Actions_switched_off_are_a_problem_of_that_repository_only()
    {
        const string off = """{"message":"Not Found"}""";
        const string none = """{"total_count":0,"workflow_runs":[]}""";
        const string noDeployments = """{"data":{"repository":{"deployments":{"totalCount":0,"pageInfo":{"hasNextPage":false},"nodes":[]}},"nodes":[]}}""";
        await using var server = await StubServer.StartAsync((http, _) => http.Request.Path.Value switch
        {
            "/graphql" => StubServer.WriteAsync(http, 200, noDeployments),
            "/repos/acme/off/actions/runs" => StubServer.WriteAsync(http, 404, off),
            _ => StubServer.WriteAsync(http, 200, none),
        });
        await using var host = new ConnectorHost(server.Address);

        var reading = await new Reading(host.Actions)
        {
            Repositories = [new("1", "acme/off", "main", false, Now), new("2", "acme/on", "main", false, Now.AddDays(-1))],
        }.FetchAsync();

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(("1", ConnectorFault.FeatureDisabled), (problem.Scope, problem.Fault));
        Assert.Contains(("2", "runs-past"), reading.Cursors.Keys);
    }

    private static (World World, Repository Repository) Empty()
    {
        var world = new World(Now);
        var owner = world.Add(new Account(world.NextId(), "acme", AccountKind.Organization));
        var repository = world.Add(new Repository(world, world.NextId(), owner, "web") { CreatedAt = Now.AddYears(-2), UpdatedAt = Now, PushedAt = Now });
        repository.Add(new Workflow(world.NextId(), "CI", ".github/workflows/ci.yml", Now.AddYears(-1)));
        return (world, repository);
    }

    private static WorkflowRun Run(Repository repository, DateTimeOffset at, string status = "completed", string? conclusion = "success")
    {
        var run = new WorkflowRun(repository, repository.Workflows[0], repository.World.NextId(), repository.Runs.Count + 1, at) { HeadSha = new string('a', 40), HeadBranch = "main" };
        run.Attempts.Add(new RunAttempt(1, at) { Status = status, Conclusion = status == "completed" ? conclusion : null, UpdatedAt = at.AddMinutes(3) });
        return repository.Add(run);
    }

    private static IReadOnlyList<KnownRepository> KnownOf(World world) =>
        [.. world.Repositories.Select(r => new KnownRepository($"{r.Id}", r.FullName, r.DefaultBranchName, r.IsArchived, r.PushedAt))];
}
