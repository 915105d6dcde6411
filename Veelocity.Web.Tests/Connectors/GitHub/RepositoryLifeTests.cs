using Veelocity.Simulator;
using Veelocity.Simulator.Histories;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors.GitHub;

public sealed class RepositoryLifeTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    [Fact]
    public async Task A_repository_that_is_gone_is_told_once_and_left_alone_then()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var code = await new Reading(host.GitHub).FetchAsync();
        code.Repositories = code.FoundRepositories();
        var gone = github.World.Repositories.First(repository => repository.Runs.Count > 0);
        github.World.Delete(gone);

        await code.FetchAsync();
        var problem = Assert.Single(code.Problems);
        Assert.Equal($"{gone.Id}", Assert.Single(code.Facts.OfType<RepositoryGoneFact>()).RepositoryExternalId);
        code.Repositories = [.. code.Repositories.Select(known => known with { IsGone = known.ExternalId == $"{gone.Id}" })];
        await code.FetchAsync();
        var actions = await new Reading(host.Actions) { Repositories = code.Repositories }.FetchAsync();

        Assert.Equal(($"{gone.Id}", ConnectorFault.NotFound), (problem.Scope, problem.Fault));
        Assert.Empty(code.Problems.Concat(actions.Problems));
        Assert.Empty(code.Facts.OfType<RepositoryGoneFact>());
    }

    [Fact]
    public async Task A_repository_that_comes_back_is_read_on()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var code = await new Reading(host.GitHub).FetchAsync();
        var back = github.World.Repositories[0];
        code.Repositories = [.. code.FoundRepositories().Select(known => known with { IsGone = known.ExternalId == $"{back.Id}" })];

        await code.FetchAsync();

        Assert.Contains(code.Facts.OfType<RepositoryFact>(), fact => fact.ExternalId == $"{back.Id}");
        Assert.Empty(code.Problems);
    }

    [Fact]
    public async Task A_renamed_repository_is_known_by_its_id_and_its_old_name_leads_on()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var repository = github.World.Repositories.First(candidate => candidate.Runs.Count > 0);
        var old = repository.FullName;
        var chosen = new Reading(host.GitHub) { Selected = new HashSet<string> { old } };
        var first = (await chosen.FetchAsync()).Facts.OfType<RepositoryFact>().Single();
        github.World.Rename(repository, "another-name");

        var renamed = (await chosen.FetchAsync()).Facts.OfType<RepositoryFact>().Single();
        var actions = await new Reading(host.Actions) { Repositories = [new KnownRepository(first.ExternalId, old, "main", false, Now)] }.FetchAsync();

        Assert.Equal((first.ExternalId, "acme/another-name"), (renamed.ExternalId, renamed.FullName));
        Assert.Empty(chosen.Problems.Concat(actions.Problems));
        Assert.Equal(repository.Runs.Count, actions.Facts.OfType<WorkflowRunFact>().Select(run => run.ExternalId).Distinct().Count());
    }

    [Fact]
    public async Task An_archived_repository_is_read_once_more_and_then_no_more()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var repository = github.World.Repositories.First(candidate => candidate.Runs.Count > 0 && !candidate.IsArchived);
        var known = new KnownRepository($"{repository.Id}", repository.FullName, "main", false, Now, NodeId: repository.NodeId);
        var actions = await new Reading(host.Actions) { Repositories = [known] }.FetchAsync();
        RandomHistory.Apply(github.World, "start_run", new ChangeTarget { Repository = repository.FullName }, Now);
        var last = repository.Runs[^1];
        (last.Latest.Status, last.Latest.Conclusion) = ("completed", "success");
        actions.Repositories = [known with { IsArchived = true }];

        await actions.FetchAsync();
        Assert.Contains(actions.Facts.OfType<WorkflowRunFact>(), run => run.ExternalId == last.Id);
        github.RequestLog.Clear();
        await actions.FetchAsync();

        Assert.Empty(github.RequestLog.All);
    }

    [Fact]
    public async Task A_deleted_release_is_told_by_the_list_of_those_that_are_left()
    {
        await using var github = await StartAsync();
        await using var host = new ConnectorHost(github.BaseUrl);
        var code = await new Reading(host.GitHub).FetchAsync();
        var repository = github.World.Repositories.First(candidate => candidate.Releases.Count > 1);
        var deleted = repository.Releases[0];
        repository.Remove(deleted);

        await code.FetchAsync();

        var left = Assert.Single(code.Facts.OfType<OnlyReleasesFact>());
        Assert.Equal(repository.Releases.Select(release => $"{release.Id}").Order(), left.ExternalIds.Order());
    }

    private static Task<GitHubSimulator> StartAsync() => GitHubSimulator.StartAsync(
        SeededWorld.Create(new SeedOptions { Now = Now, PullRequests = 60 }), cancel: TestContext.Current.CancellationToken);
}
