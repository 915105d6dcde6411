using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Web.Tests.Simulator.Histories;

public sealed class LivingWorldTests(SimulatedGitHub world) : IClassFixture<SimulatedGitHub>
{
    [Fact]
    public async Task Random_changes_are_ordered_over_HTTP_and_are_listed()
    {
        using var answer = await world.Control("history", new { steps = 5, seed = 11, secondsBetween = 60 });
        var changes = (await answer.Content.ReadFromJsonAsync<JsonArray>(TestContext.Current.CancellationToken))!;

        Assert.Equal(5, changes.Count);
        Assert.All(changes, change => Assert.False(string.IsNullOrEmpty((string?)change!["description"])));
        Assert.Equal(5, changes.Select(change => (string?)change!["at"]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_named_change_shows_in_the_answers()
    {
        var pull = world.World.FindRepository("acme", "ui-kit")!.PullRequests.First(candidate => candidate is { State: "OPEN", IsDraft: false });

        using var merged = await world.Control("changes", new { kind = "merge_pull_request", repository = "acme/ui-kit", number = pull.Number });
        using var again = await world.Control("changes", new { kind = "merge_pull_request", repository = "acme/ui-kit", number = pull.Number });
        using var unknown = await world.Control("changes", new { kind = "paint_the_shed" });
        var shown = await world.Json($"repos/acme/ui-kit/pulls/{pull.Number}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity), (merged.StatusCode, again.StatusCode, unknown.StatusCode));
        Assert.True((bool)shown["merged"]!);
    }

    [Fact]
    public async Task The_date_of_answers_follows_the_simulators_clock()
    {
        using var before = await world.Get("user");
        using var moved = await world.Control("clock", new { advanceSeconds = 7_200 });
        using var after = await world.Get("user");

        Assert.InRange(after.Headers.Date!.Value - before.Headers.Date!.Value, TimeSpan.FromMinutes(119), TimeSpan.FromMinutes(125));
    }

    [Fact]
    public async Task Changes_and_answers_at_once_do_not_disturb_each_other()
    {
        var reading = Task.Run(async () =>
        {
            for (var page = 0; page < 40; page++)
            {
                var answer = await world.Query(Queries.PullRequests, new { owner = "acme", name = "shop-web", first = 50 });
                Assert.Null(answer["errors"]);
            }
        }, TestContext.Current.CancellationToken);
        for (var order = 0; order < 20; order++)
        {
            using var answer = await world.Control("history", new { steps = 10, seed = order, only = new[] { "open_pull_request", "review_pull_request", "push_to_pull_request", "label_pull_request" } });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await reading;
    }

    [Fact]
    public async Task A_renamed_repository_is_led_to_from_its_old_name_until_another_takes_it()
    {
        var repository = New("old-name");
        world.World.Rename(repository, "new-name");

        using var direct = await world.GetWithoutFollowing("repos/acme/old-name/pulls?state=all&page=2");
        using var enterprise = await world.GetWithoutFollowing("api/v3/repos/acme/old-name");
        var followed = await world.Json(enterprise.Headers.Location!.PathAndQuery[1..]);
        var byId = await world.Json($"repositories/{repository.Id}/actions/workflows");
        var graph = await world.Query("""{ repository(owner: "acme", name: "old-name") { nameWithOwner } }""");
        var strict = await world.Query("""{ repository(owner: "acme", name: "old-name", followRenames: false) { nameWithOwner } }""");
        New("old-name");
        var taken = await world.Json("repos/acme/old-name");

        Assert.Equal(HttpStatusCode.MovedPermanently, direct.StatusCode);
        Assert.Equal($"{world.GitHub.BaseUrl}repositories/{repository.Id}/pulls?state=all&page=2", direct.Headers.Location!.ToString());
        Assert.Equal($"{world.GitHub.BaseUrl}api/v3/repositories/{repository.Id}", enterprise.Headers.Location!.ToString());
        Assert.Equal("acme/new-name", (string?)followed["full_name"]);
        Assert.Equal(0, (int)byId["total_count"]!);
        Assert.Equal("acme/new-name", (string?)graph["data"]!["repository"]!["nameWithOwner"]);
        Assert.Equal("NOT_FOUND", (string?)strict["errors"]![0]!["type"]);
        Assert.NotEqual(repository.Id, (long)taken["id"]!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repository_that_is_gone_or_out_of_reach_is_found_nowhere(bool isDeleted)
    {
        var repository = New("gone-" + isDeleted);
        var pull = repository.Add(new PullRequest(repository, world.World.NextId(), 1) { CreatedAt = SimulatedGitHub.Now, UpdatedAt = SimulatedGitHub.Now });
        if (isDeleted)
            world.World.Delete(repository);
        else
            repository.IsHidden = true;

        using var rest = await world.Get($"repos/{repository.FullName}");
        using var byId = await world.Get($"repositories/{repository.Id}");
        var graph = await world.Query("""query ($name: String!) { repository(owner: "acme", name: $name) { id } }""", new { name = repository.Name });
        var nodes = await world.Query("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = new[] { repository.NodeId, pull.NodeId } });
        var list = await world.Json("orgs/acme/repos?per_page=100");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (rest.StatusCode, byId.StatusCode));
        Assert.Equal("NOT_FOUND", (string?)graph["errors"]![0]!["type"]);
        Assert.All(nodes["data"]!["nodes"]!.AsArray(), Assert.Null);
        Assert.DoesNotContain(list.AsArray(), row => (long)row!["id"]! == repository.Id);
    }

    [Fact]
    public async Task An_archived_repository_says_so()
    {
        var repository = New("shelf");
        using var archived = await world.Control("changes", new { kind = "archive_repository", repository = repository.FullName });
        repository.Push(new Commit(new string('a', 40), "x", Signs, Signs), SimulatedGitHub.Now);
        using var now = await world.Control("changes", new { kind = "archive_repository", repository = repository.FullName });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (archived.StatusCode, now.StatusCode));
        Assert.True((bool)(await world.Json("repos/acme/shelf"))["archived"]!);
    }

    private static GitPerson Signs => new("A", "a@example.org", SimulatedGitHub.Now, null);

    private Repository New(string name) =>
        world.World.Add(new Repository(world.World, world.World.NextId(), world.World.FindAccount("acme")!, name) { IsPrivate = true, CreatedAt = SimulatedGitHub.Now, UpdatedAt = SimulatedGitHub.Now });
}
