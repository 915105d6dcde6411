using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors;

public sealed class RefreshTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    [Fact]
    public async Task A_pull_request_is_read_again_by_its_number_for_one_point()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var repository = github.World.Repositories.First(candidate => candidate.PullRequests.Count > 20 && candidate.PullRequests.Any(p => p.MergedAt is null));
        var pull = repository.PullRequests.First(candidate => candidate.MergedAt is null);
        pull.Add(new Review(pull, github.World.NextId(), github.World.Viewer, "APPROVED", Now));
        pull.Touch(Now);
        var reading = new Reading(host.GitHub) { Repositories = KnownOf(github.World) };
        var whole = await new Reading(host.GitHub).FetchAsync();
        github.RequestLog.Clear();

        await reading.RefreshAsync($"{repository.Id}", new PullRequestTarget(pull.Number));

        var expected = whole.Facts.OfType<PullRequestFact>().Single(fact => fact.RepositoryExternalId == $"{repository.Id}" && fact.Number == pull.Number);
        Assert.Equal(Reading.Texts([expected]), Reading.Texts(reading.Facts));
        Assert.Equal(1, Assert.Single(github.RequestLog.All).Cost);
        Assert.Equal((1, 1), (reading.Requests, reading.Points));
        Assert.Empty(reading.Cursors);
    }

    [Fact]
    public async Task Of_a_repository_that_is_split_by_paths_the_changed_files_are_read_with_the_pull_request()
    {
        await using var github = await GitHubSimulator.StartAsync(
            SeededWorld.Create(new SeedOptions { Now = Now, PullRequests = 60, Monorepo = true }), cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var repository = github.World.Repositories.Single(candidate => candidate.Name == "platform");
        var split = new Reading(host.GitHub) { Repositories = [.. KnownOf(github.World).Select(known => known with { NeedsPaths = known.ExternalId == $"{repository.Id}" })] };
        var expected = (await split.FetchAsync()).Facts.OfType<PullRequestPathsFact>().First(fact => fact.Paths.Count > 0);

        await split.RefreshAsync($"{repository.Id}", new PullRequestTarget(expected.Number));
        Assert.Equal(Reading.Texts([expected]), Reading.Texts(split.Facts.OfType<PullRequestPathsFact>()));

        var whole = await new Reading(host.GitHub) { Repositories = KnownOf(github.World) }.RefreshAsync($"{repository.Id}", new PullRequestTarget(expected.Number));
        Assert.Empty(whole.Facts.OfType<PullRequestPathsFact>());
    }

    [Fact]
    public async Task What_was_pushed_is_read_up_to_the_known_head_and_the_next_sync_has_nothing_to_do()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var repository = github.World.Repositories.First(candidate => candidate.PullRequests.Count > 20);
        var reading = await new Reading(host.GitHub) { Repositories = KnownOf(github.World) }.FetchAsync();
        var pushed = new Commit(new string('9', 40), "Pushed", new GitPerson("Ann", "ann@example.com", Now, null), new GitPerson("Ann", "ann@example.com", Now, null));
        pushed.Parents.Add(repository.Head!);
        repository.Branches[repository.DefaultBranchName] = repository.Add(pushed);

        await reading.RefreshAsync($"{repository.Id}", new CommitsTarget());
        var refreshed = Assert.Single(reading.Facts.OfType<CommitFact>());
        await reading.FetchAsync();

        Assert.Equal(pushed.Sha, refreshed.Sha);
        Assert.Empty(reading.Facts.OfType<CommitFact>());
    }

    [Fact]
    public async Task Commits_that_a_first_reading_has_yet_to_bring_are_left_to_it()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var repository = github.World.Repositories.First(candidate => candidate.PullRequests.Count > 20);

        var reading = await new Reading(host.GitHub) { Repositories = KnownOf(github.World) }.RefreshAsync($"{repository.Id}", new CommitsTarget());

        Assert.Empty(reading.Batches);
        Assert.Empty(github.RequestLog.All);
    }

    [Fact]
    public async Task Releases_are_read_again()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var repository = github.World.Repositories.First(candidate => candidate.Releases.Count > 0);

        var reading = await new Reading(host.GitHub) { Repositories = KnownOf(github.World) }.RefreshAsync($"{repository.Id}", new ReleasesTarget());

        Assert.Equal(repository.Releases.Count, reading.Facts.OfType<ReleaseFact>().Count());
        Assert.Empty(reading.Cursors);
    }

    [Fact]
    public async Task A_run_and_a_deployment_are_read_again_as_a_sync_reads_them()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var run = github.World.Repositories.SelectMany(candidate => candidate.Runs).First(candidate => candidate.Attempts.Count == 2);
        var deployment = github.World.Repositories.SelectMany(candidate => candidate.Deployments).First();
        var whole = await new Reading(host.Actions) { Repositories = KnownOf(github.World) }.FetchAsync();
        var known = Reading.Texts(whole.Facts);

        var runs = await new Reading(host.Actions) { Repositories = KnownOf(github.World) }.RefreshAsync($"{run.Repository.Id}", new RunTarget(run.Id));
        var deployments = await new Reading(host.Actions) { Repositories = KnownOf(github.World) }
            .RefreshAsync($"{deployment.Repository.Id}", new DeploymentTarget(deployment.NodeId));

        Assert.Equal([1, 2], runs.Facts.OfType<WorkflowRunFact>().Select(fact => fact.Attempt).Order());
        Assert.Contains(runs.Facts, fact => fact is WorkflowFact);
        Assert.Equal(deployment.Id, Assert.Single(deployments.Facts.OfType<EnvironmentDeploymentFact>()).ExternalId);
        Assert.Contains(deployments.Facts, fact => fact is EnvironmentFact);
        Assert.Subset(known, Reading.Texts(runs.Facts.Concat(deployments.Facts)));
    }

    [Fact]
    public async Task What_is_gone_is_a_problem_and_costs_nothing_else()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var repository = github.World.Repositories.First(candidate => candidate.PullRequests.Count > 20);

        var reading = await new Reading(host.GitHub) { Repositories = KnownOf(github.World) }.RefreshAsync(
            $"{repository.Id}", new PullRequestTarget(999_999), new PullRequestTarget(repository.PullRequests[0].Number), new RunTarget(1));

        Assert.Equal(ConnectorFault.NotFound, Assert.Single(reading.Problems).Fault);
        Assert.Single(reading.Facts.OfType<PullRequestFact>());
    }

    [Fact]
    public async Task A_name_that_is_another_repositorys_now_brings_no_facts_of_that_one()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var other = github.World.Repositories.First(candidate => candidate.PullRequests.Count > 20);
        var reading = new Reading(host.GitHub) { Repositories = [new KnownRepository("123456", other.FullName, "main", false, Now)] };

        await reading.RefreshAsync("123456", new PullRequestTarget(other.PullRequests[0].Number), new ReleasesTarget());

        Assert.Empty(reading.Facts);
        Assert.All(reading.Problems, problem => Assert.Equal(("123456", ConnectorFault.NotFound), (problem.Scope, problem.Fault)));
        Assert.Equal(2, reading.Problems.Count());
    }

    private static Task<GitHubSimulator> StartAsync() => GitHubSimulator.StartAsync(
        SeededWorld.Create(new SeedOptions { Now = Now, PullRequests = 150 }), cancel: TestContext.Current.CancellationToken);

    private static IReadOnlyList<KnownRepository> KnownOf(World world) =>
        [.. world.Repositories.Select(r => new KnownRepository($"{r.Id}", r.FullName, r.DefaultBranchName, r.IsArchived, r.PushedAt))];
}
