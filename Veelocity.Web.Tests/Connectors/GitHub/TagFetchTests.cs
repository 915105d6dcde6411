using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors.GitHub;

/// <summary>Git tags, which come along with releases.</summary>
public sealed class TagFetchTests : IAsyncLifetime
{
    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    private GitHubSimulator _github = null!;
    private ConnectorHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _github = await GitHubSimulator.StartAsync(
            SeededWorld.Create(new SeedOptions { Now = _now, PullRequests = 60, Months = 2, Repositories = 3 }), cancel: TestContext.Current.CancellationToken);
        _host = new ConnectorHost(_github.BaseUrl);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _github.DisposeAsync();
    }

    [Fact]
    public async Task Tags_are_read_with_the_commits_that_they_name_and_the_dates_of_their_taggers()
    {
        var repository = _github.World.Repositories.First(candidate => candidate.Commits.Count > 2);
        repository.Tags.Clear();
        repository.Tags.Add(new Tag("light", repository.Head!));
        repository.Tags.Add(new Tag("annotated", repository.Head!, repository.Head!.Committer with { Date = _now }));

        var tags = (await new Reading(_host.GitHub).FetchAsync()).Facts.OfType<TagFact>().Where(tag => tag.RepositoryExternalId == $"{repository.Id}").ToList();

        Assert.Equal(
            [("annotated", repository.Head.Sha, (DateTimeOffset?)_now), ("light", repository.Head.Sha, null)],
            tags.OrderBy(tag => tag.Name).Select(tag => (tag.Name, tag.Sha, tag.TaggedAt)));
        Assert.All(tags, tag => Assert.Equal(repository.Head.Committer.Date, tag.CommittedAt));
    }

    [Fact]
    public async Task A_release_and_its_tag_cost_one_request_and_no_news_cost_none()
    {
        var code = await new Reading(_host.GitHub).FetchAsync();
        var repository = _github.World.Repositories.First(candidate => candidate.Commits.Count > 2);
        _github.RequestLog.Clear();
        await code.FetchAsync();
        Assert.DoesNotContain(_github.RequestLog.All, request => request.Operation == "Releases");

        repository.Tags.Add(new Tag("v9.0.0", repository.Head!));
        repository.Add(new Release(repository, _github.World.NextId(), "v9.0.0") { CreatedAt = _now, PublishedAt = _now, Author = repository.Owner });
        await code.FetchAsync();
        Assert.Single(_github.RequestLog.All, request => request.Operation == "Releases");
        Assert.Contains(code.Facts.OfType<TagFact>(), tag => tag.Name == "v9.0.0");
        Assert.Contains(code.Facts.OfType<ReleaseFact>(), release => release.Tag == "v9.0.0");
    }

    [Fact]
    public async Task All_pages_are_read_and_a_deleted_tag_is_told_by_those_that_are_left()
    {
        var repository = _github.World.Repositories.First(candidate => candidate.Commits.Count > 2);
        repository.Tags.Clear();
        for (var i = 0; i < 130; i++) repository.Tags.Add(new Tag($"v1.{i}.0", repository.Head!));
        var code = await new Reading(_host.GitHub).FetchAsync();
        Assert.Equal(130, code.Facts.OfType<TagFact>().Count(tag => tag.RepositoryExternalId == $"{repository.Id}"));

        repository.Tags.RemoveAll(tag => tag.Name == "v1.7.0");
        await code.FetchAsync();
        var left = Assert.Single(code.Facts.OfType<OnlyTagsFact>());
        Assert.Equal(129, left.Names.Count);
        Assert.DoesNotContain("v1.7.0", left.Names);
    }
}
