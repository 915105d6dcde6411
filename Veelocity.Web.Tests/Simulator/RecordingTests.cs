using System.Text.Json.Nodes;
using Veelocity.Simulator;
using Veelocity.Simulator.Recordings;

namespace Veelocity.Web.Tests.Simulator;

public sealed class RecordingTests : IAsyncLifetime
{
    private static readonly object Tiny = new { owner = "octo", name = "tiny" };
    private readonly TinyRecording _recording = new();
    private readonly HttpClient _http = new();
    private GitHubSimulator _github = null!;

    public async ValueTask InitializeAsync() => _github = await GitHubSimulator.StartAsync(Recording.Load(_recording.Folder));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _recording.Dispose();
        await _github.DisposeAsync();
    }

    [Fact]
    public async Task Pull_requests_come_with_their_commits_reviews_and_events()
    {
        var pulls = (await Ask(Queries.PullRequests))["pullRequests"]!["nodes"]!.AsArray();

        var (open, merged) = (pulls[0]!, pulls[1]!);
        Assert.Equal(["OPEN", "MERGED"], pulls.Select(pull => (string?)pull!["state"]));
        Assert.Null(open["author"]);
        Assert.True((bool)open["isDraft"]!);
        Assert.Equal("11", (string?)merged["fullDatabaseId"]);
        Assert.Equal([TinyRecording.Sha("b"), TinyRecording.Sha("c")], merged["commits"]!["nodes"]!.AsArray().Select(node => (string?)node!["commit"]!["oid"]));
        Assert.Equal("helper", (string?)merged["reviews"]!["nodes"]![0]!["author"]!["login"]);
        Assert.Equal("stranger", (string?)merged["mergedBy"]!["login"]);
        Assert.Equal("ReadyForReviewEvent", (string?)merged["timelineItems"]!["nodes"]![0]!["__typename"]);
        Assert.True((bool)merged["isCrossRepository"]!);
    }

    [Fact]
    public async Task History_is_walked_from_the_default_branch()
    {
        var commits = (await Ask(Queries.Commits))["defaultBranchRef"]!["target"]!["history"]!["nodes"]!.AsArray();

        Assert.Equal(["d", "c", "b", "a"], commits.Select(commit => ((string)commit!["oid"]!)[..1]));
        Assert.Equal(2, (int)commits[0]!["parents"]!["totalCount"]!);
        Assert.Equal(1, (int)commits[0]!["associatedPullRequests"]!["nodes"]![0]!["number"]!);
    }

    [Fact]
    public async Task Deployments_releases_and_runs_come_with_what_the_rows_lack_filled_in()
    {
        var deployment = (await Ask(Queries.Deployments))["deployments"]!["nodes"]![0]!;
        var release = (await Ask(Queries.Releases))["releases"]!["nodes"]![0]!;
        var run = await Json("repos/octo/tiny/actions/runs/51");
        var first = await Json("repos/octo/tiny/actions/runs/51/attempts/1");
        var deployed = await Json("repos/octo/tiny/deployments");

        Assert.Equal("SUCCESS", (string?)deployment["statuses"]!["nodes"]![0]!["state"]);
        Assert.Equal("refs/tags/", (string?)deployment["ref"]!["prefix"]);
        Assert.Equal(TinyRecording.Sha("d"), (string?)release["tagCommit"]!["oid"]);
        Assert.Equal(("success", "CI", 2), ((string?)run["conclusion"], (string?)run["name"], (int)run["run_attempt"]!));
        Assert.Equal(("failure", 1), ((string?)first["conclusion"], (int)first["run_attempt"]!));
        Assert.StartsWith("http", (string?)run["html_url"], StringComparison.Ordinal);
        Assert.Equal("text", (string?)deployed[0]!["payload"]);
    }

    private async Task<JsonNode> Ask(string query)
    {
        var answer = await SimulatedGitHub.Query(_http, _github, query, Tiny, "ghp_good");
        Assert.Null(answer["errors"]);
        return answer["data"]!["repository"]!;
    }

    private async Task<JsonNode> Json(string path)
    {
        using var answer = await SimulatedGitHub.Get(_http, _github, path, "ghp_good");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
