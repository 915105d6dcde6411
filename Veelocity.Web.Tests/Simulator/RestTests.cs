using System.Net;
using System.Text.Json.Nodes;

namespace Veelocity.Web.Tests.Simulator;

public sealed class RestTests(SimulatedGitHub world) : IClassFixture<SimulatedGitHub>
{
    private const string Api = "repos/acme/payments-api";

    [Theory]
    [InlineData("user")]
    [InlineData("user/repos")]
    [InlineData("orgs/acme")]
    [InlineData("orgs/acme/repos")]
    [InlineData("users/maya-lindqvist")]
    [InlineData("users/acme/repos")]
    [InlineData(Api)]
    [InlineData(Api + "/actions/workflows")]
    [InlineData(Api + "/actions/runs")]
    [InlineData(Api + "/branches")]
    [InlineData(Api + "/commits")]
    [InlineData(Api + "/commits/main")]
    [InlineData(Api + "/contributors")]
    [InlineData(Api + "/pulls?state=all")]
    [InlineData("repos/acme/shop-web/deployments")]
    [InlineData("repos/acme/shop-web/environments")]
    [InlineData("repos/acme/ui-kit/releases")]
    [InlineData("repos/acme/ui-kit/tags")]
    [InlineData("rate_limit")]
    [InlineData("api/v3/user")]
    [InlineData("api/v3/" + Api + "/actions/runs")]
    public async Task An_address_answers(string path)
    {
        using var answer = await world.Get(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("application/json", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("x-ratelimit-remaining"));
    }

    [Fact]
    public async Task Links_lead_through_all_runs_newest_first_and_none_twice()
    {
        var ids = new List<long>();
        var times = new List<string>();
        string? next = Api + "/actions/runs?per_page=100&exclude_pull_requests=true";
        while (next is not null)
        {
            using var answer = await world.Get(next);
            var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["workflow_runs"]!.AsArray();
            ids.AddRange(page.Select(run => (long)run!["id"]!));
            times.AddRange(page.Select(run => (string)run!["created_at"]!));
            next = answer.Headers.TryGetValues("Link", out var links) && links.Single().Split(", ").FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal)) is { } link
                ? link[1..link.IndexOf('>', StringComparison.Ordinal)]
                : null;
        }

        Assert.Equal(world.World.FindRepository("acme", "payments-api")!.Runs.Count, ids.Distinct().Count());
        Assert.Equal(ids.Distinct().Count(), ids.Count);
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
    }

    [Fact]
    public async Task A_filtered_search_counts_all_and_gives_no_more_than_a_thousand()
    {
        var repository = world.World.FindRepository("acme", "handbook")!;
        var first = repository.Runs[0];
        for (var extra = 0; extra < 1_200; extra++)
        {
            var run = new Veelocity.Simulator.Worlds.WorkflowRun(repository, first.Workflow, world.World.NextId(), 10_000 + extra, SimulatedGitHub.Now.AddYears(-5).AddMinutes(extra)) { HeadSha = first.HeadSha };
            run.Attempts.Add(new Veelocity.Simulator.Worlds.RunAttempt(1, run.CreatedAt) { Conclusion = "success" });
            repository.Add(run);
        }

        var tenth = await world.Json("repos/acme/handbook/actions/runs?per_page=100&page=10&created=2021-01-01..2021-12-31");
        var eleventh = await world.Json("repos/acme/handbook/actions/runs?per_page=100&page=11&created=2021-01-01..2021-12-31");
        var twelfthUnfiltered = await world.Json("repos/acme/handbook/actions/runs?per_page=100&page=12");

        Assert.Equal(1_200, (int)tenth["total_count"]!);
        Assert.Equal(100, tenth["workflow_runs"]!.AsArray().Count);
        Assert.Empty(eleventh["workflow_runs"]!.AsArray());
        Assert.Equal(100, twelfthUnfiltered["workflow_runs"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_run_filters_choose_what_they_say()
    {
        var deploys = await world.Json(Api + "/actions/runs?per_page=100&branch=main&event=push&status=failure");
        var day = SimulatedGitHub.Now.AddDays(-10);
        var since = await world.Json($"{Api}/actions/runs?per_page=100&created=%3E%3D{day:yyyy-MM-dd'T'HH:mm:ss'Z'}");

        Assert.All(deploys["workflow_runs"]!.AsArray(), run => Assert.Equal(("main", "push", "failure"), ((string?)run!["head_branch"], (string?)run["event"], (string?)run["conclusion"])));
        Assert.NotEmpty(deploys["workflow_runs"]!.AsArray());
        Assert.Equal(world.World.FindRepository("acme", "payments-api")!.Runs.Count(run => run.CreatedAt >= day), (int)since["total_count"]!);
    }

    [Fact]
    public async Task A_rerun_keeps_its_id_and_shows_each_attempt_with_its_jobs()
    {
        var run = world.World.FindRepository("acme", "payments-api")!.Runs.First(candidate => candidate.Attempts.Count > 1 && candidate.Latest.Conclusion == "success" && candidate.Attempts[0].Conclusion == "failure");

        var newest = await world.Json($"{Api}/actions/runs/{run.Id}");
        var first = await world.Json($"{Api}/actions/runs/{run.Id}/attempts/1");
        var latestJobs = await world.Json($"{Api}/actions/runs/{run.Id}/jobs?filter=latest");
        var allJobs = await world.Json($"{Api}/actions/runs/{run.Id}/jobs?filter=all");
        var firstJobs = await world.Json($"{Api}/actions/runs/{run.Id}/attempts/1/jobs");

        Assert.Equal(("success", run.Attempts.Count), ((string?)newest["conclusion"], (int)newest["run_attempt"]!));
        Assert.Equal(("failure", 1), ((string?)first["conclusion"], (int)first["run_attempt"]!));
        Assert.Equal((string?)newest["created_at"], (string?)first["created_at"]);
        Assert.NotEqual((string?)newest["run_started_at"], (string?)first["run_started_at"]);
        Assert.All(latestJobs["jobs"]!.AsArray(), job => Assert.Equal(run.Attempts.Count, (int)job!["run_attempt"]!));
        Assert.Equal(run.Attempts.Sum(attempt => attempt.Jobs.Count), (int)allJobs["total_count"]!);
        Assert.Equal(run.Attempts[0].Jobs.Count, (int)firstJobs["total_count"]!);
    }

    [Fact]
    public async Task An_unchanged_answer_is_304_and_free()
    {
        using var fresh = await world.Get(Api, "ghp_etag");
        using var again = await world.Get(Api, "ghp_etag", fresh.Headers.ETag!.ToString());
        using var other = await world.Get(Api, "ghp_somebody_else", fresh.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(Remaining(fresh), Remaining(again));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Deployment_payloads_come_in_every_legal_shape()
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 1; page <= 4; page++)
        {
            foreach (var deployment in (await world.Json($"repos/acme/shop-web/deployments?per_page=100&page={page}")).AsArray())
                kinds.Add(deployment!["payload"]?.GetValueKind().ToString() ?? "Null");
        }

        Assert.Superset(new HashSet<string>(["String", "Object", "Null"], StringComparer.Ordinal), kinds);
    }

    [Theory]
    [InlineData("repos/acme/nothing", HttpStatusCode.NotFound, "Not Found")]
    [InlineData("no/such.address", HttpStatusCode.NotFound, "Not Found")]
    [InlineData(Api + "/actions/runs?status=perhaps", HttpStatusCode.UnprocessableEntity, "Validation Failed")]
    [InlineData(Api + "/actions/runs?created=whenever", HttpStatusCode.UnprocessableEntity, "Validation Failed")]
    [InlineData("repos/acme/sandbox/commits", HttpStatusCode.Conflict, "Git Repository is empty.")]
    public async Task A_wrong_question_gets_GitHubs_answer(string path, HttpStatusCode status, string message)
    {
        using var answer = await world.Get(path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(message, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["message"]);
    }

    private static string Remaining(HttpResponseMessage answer) => answer.Headers.GetValues("x-ratelimit-remaining").Single();
}
