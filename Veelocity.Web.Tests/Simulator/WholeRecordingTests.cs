using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Web.Tests.Simulator;

public sealed class WholeRecordingTests : IAsyncLifetime
{
    private readonly WholeRecording _recording = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private GitHubSimulator _simulator = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await GitHubSimulator.StartAsync(new World(SimulatedGitHub.Now));
        await ServeAsync(_recording.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
        _recording.Dispose();
    }

    [Fact]
    public async Task A_former_name_leads_to_the_repository()
    {
        using var moved = await GetAsync("repos/octo/shop/tags");
        var followed = await GraphAsync("""{ repository(owner: "octo", name: "shop") { nameWithOwner } }""");

        Assert.Equal(HttpStatusCode.MovedPermanently, moved.StatusCode);
        Assert.EndsWith("/repositories/900/tags", moved.Headers.Location!.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal("newco/shop", (string?)followed["repository"]!["nameWithOwner"]);
    }

    [Fact]
    public async Task The_token_belongs_to_the_recorded_viewer()
    {
        using var user = await GetAsync("user");

        Assert.Equal("ada", (string?)(await JsonAsync(user))["login"]);
    }

    [Fact]
    public async Task Pages_are_where_recorded_links_lead()
    {
        using var repository = await GetAsync("repos/newco/shop");

        Assert.Equal("https://github.com/newco/shop", (string?)(await JsonAsync(repository))["html_url"]);
    }

    [Fact]
    public async Task A_tag_has_the_date_on_which_it_was_created()
    {
        var data = await GraphAsync("""{ repository(owner: "newco", name: "shop") { ref(qualifiedName: "refs/tags/v1") { target { ... on Tag { tagger { date } target { oid } } } } } }""");

        var tag = data["repository"]!["ref"]!["target"]!;
        Assert.Equal("2026-01-09T00:00:00Z", (string?)tag["tagger"]!["date"]);
        Assert.Equal(TinyRecording.Sha("a"), (string?)tag["target"]!["oid"]);
    }

    [Fact]
    public async Task Deleted_accounts_and_logs_of_deployments_are_answered_as_recorded()
    {
        var data = await GraphAsync("""{ repository(owner: "newco", name: "shop") { pullRequest(number: 1) { reviews(first: 5) { nodes { author { login } state } } } deployments(first: 5) { nodes { latestStatus { logUrl } } } } }""");

        var review = Assert.Single(data["repository"]!["pullRequest"]!["reviews"]!["nodes"]!.AsArray())!;
        Assert.Null(review["author"]);
        Assert.Equal("https://github.com/newco/shop/actions/runs/5", (string?)data["repository"]!["deployments"]!["nodes"]![0]!["latestStatus"]!["logUrl"]);
    }

    [Fact]
    public async Task Half_a_character_is_answered_as_it_was_recorded()
    {
        using var answer = await GetAsync("repos/newco/shop/commits/" + TinyRecording.Sha("a"));

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("""Half \ud83d of a rocket, a whole """, text, StringComparison.Ordinal);
        Assert.Contains("""and a path C:\\udabc""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Linear_answers_issues_with_their_states_people_and_links()
    {
        var data = await LinearAsync(
            "{ viewer { name organization { name } } issues(orderBy: createdAt) { nodes { identifier previousIdentifiers title completedAt state { id name type } assignee { name } parent { identifier } attachments { nodes { url } } stateHistory { nodes { startedAt endedAt state { name } } } } } }");

        var (first, second) = (data["issues"]!["nodes"]![0]!, data["issues"]!["nodes"]![1]!);
        Assert.Equal(("Ada", "Octo"), ((string?)data["viewer"]!["name"], (string?)data["viewer"]!["organization"]!["name"]));
        Assert.Equal(("ENG-1", "OPS-7", "Lin", "ENG-2"), ((string?)first["identifier"], (string?)first["previousIdentifiers"]![0], (string?)first["assignee"]!["name"], (string?)first["parent"]!["identifier"]));
        Assert.Equal(("s2", "completed", "2026-01-04T00:00:00.000Z"), ((string?)first["state"]!["id"], (string?)first["state"]!["type"], (string?)first["completedAt"]));
        Assert.Equal("https://github.com/octo/shop/pull/1", (string?)first["attachments"]!["nodes"]![0]!["url"]);
        Assert.Empty(first["stateHistory"]!["nodes"]!.AsArray());
        Assert.Equal(["Doing", "Shipped"], second["stateHistory"]!["nodes"]!.AsArray().Select(span => (string?)span!["state"]!["name"]));
        Assert.Equal("2026-01-03T00:00:00.000Z", (string?)second["stateHistory"]!["nodes"]![0]!["endedAt"]);
    }

    [Fact]
    public async Task Slack_answers_messages_as_they_were_recorded()
    {
        var history = await SlackAsync("conversations.history?channel=C1&limit=10");
        var replies = await SlackAsync("conversations.replies?channel=C1&ts=1767300000.000100&limit=10");
        var team = await SlackAsync("auth.test");

        var message = Assert.Single(history["messages"]!.AsArray())!;
        Assert.Equal(("Shop is down", "eyes", 1), ((string?)message["text"], (string?)message["reactions"]![0]!["name"], (int)message["reply_count"]!));
        Assert.Equal(["Shop is down", "resolved"], replies["messages"]!.AsArray().Select(reply => (string?)reply!["text"]));
        Assert.Equal("T9", (string?)team["team_id"]);
    }

    [Fact]
    public async Task A_pull_request_that_differs_from_the_folder_before_has_just_changed()
    {
        using var next = new WholeRecording();
        next.Write("github/pulls.ndjson", WholeRecording.Pull(1, "Think"), WholeRecording.Pull(2, "Act at last"));
        var before = _simulator.Clock.GetUtcNow();

        await ServeAsync(next.Folder, _recording.Folder);

        var repository = _simulator.World.FindRepository("newco", "shop")!;
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero), repository.FindPullRequest(1)!.UpdatedAt);
        Assert.Equal("Act at last", repository.FindPullRequest(2)!.Title);
        Assert.InRange(repository.FindPullRequest(2)!.UpdatedAt, before, _simulator.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Every_nth_request_to_GitHub_fails_with_each_status_in_turn()
    {
        _simulator.Faults.Add(new Fault(FaultKind.SecondaryLimit) { Every = 2, Statuses = [403, 429], OnlyGitHub = true });

        var statuses = new List<int>();
        for (var call = 0; call < 6; call++)
        {
            using var answer = await GetAsync("user");
            statuses.Add((int)answer.StatusCode);
            Assert.True((bool)(await SlackAsync("auth.test"))["ok"]!);
        }

        Assert.Equal([200, 403, 200, 429, 200, 403], statuses);
    }

    private async Task ServeAsync(string folder, string? after = null)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(_simulator.BaseUrl, "control/recording"), new { folder, after }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private Task<HttpResponseMessage> GetAsync(string path) => SimulatedGitHub.Get(_http, _simulator, path, "ghp_good");

    private async Task<JsonNode> GraphAsync(string query)
    {
        var answer = await SimulatedGitHub.Query(_http, _simulator, query, null, "ghp_good");
        Assert.Null(answer["errors"]);
        return answer["data"]!;
    }

    private async Task<JsonNode> LinearAsync(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_simulator.LinearBaseUrl, "graphql")) { Content = JsonContent.Create(new { query }) };
        request.Headers.TryAddWithoutValidation("Authorization", "lin_api_good");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var json = await JsonAsync(answer);
        Assert.Null(json["errors"]);
        return json["data"]!;
    }

    private async Task<JsonNode> SlackAsync(string method)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_simulator.BaseUrl, "slack/api/" + method));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "xoxb-good");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await JsonAsync(answer);
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
}
