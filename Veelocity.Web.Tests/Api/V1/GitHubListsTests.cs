using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>The lists of what was read, asked by an Admin after a real sync of the simulated world.</summary>
public sealed class GitHubListsTests(SyncedGitHubApp github) : IClassFixture<SyncedGitHubApp>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("github/repos")]
    [InlineData("github/pull-requests")]
    [InlineData("github/commits")]
    [InlineData("github/contributors")]
    [InlineData("github-actions/workflows")]
    [InlineData("github-actions/runs")]
    [InlineData("github-actions/deployments")]
    public async Task A_list_is_read_page_by_page_by_members_only_and_holds_nothing_of_another_organization(string path)
    {
        var all = await AllAsync(github.Ada, path);
        Assert.NotEmpty(all);
        var keys = all.ConvertAll(row => row.TryGetProperty("id", out var id) ? id.GetString() : row.GetProperty("sha").GetString());
        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());

        var (eve, _) = await github.MemberAsync(Role.Viewer);
        Assert.Equal(0, (await ListAsync(eve, path)).GetProperty("total").GetInt32());
        using var visitor = github.App.Api();
        using var unknown = await visitor.GetAsync(new Uri("connectors/" + path, UriKind.Relative), Now);
        await AuthTests.AssertProblemAsync(unknown, HttpStatusCode.Unauthorized, "unauthenticated");
        using var foreign = new HttpRequestMessage(HttpMethod.Get, new Uri("connectors/" + path, UriKind.Relative));
        foreign.Headers.Add("X-Organization", github.OrganizationId.ToString());
        using var refused = await eve.Api.SendAsync(foreign, Now);
        await AuthTests.AssertProblemAsync(refused, HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("github/repos")]
    [InlineData("github/pull-requests")]
    [InlineData("github/commits")]
    [InlineData("github/contributors")]
    [InlineData("github-actions/workflows")]
    [InlineData("github-actions/runs")]
    [InlineData("github-actions/deployments")]
    public async Task Every_list_can_be_cut_to_one_repository_and_to_what_is_recent(string path)
    {
        var all = await AllAsync(github.Ada, path);
        var repos = await AllAsync(github.Ada, "github/repos");
        var perRepo = 0;
        foreach (var repo in repos)
        {
            var own = await AllAsync(github.Ada, $"{path}?repo_id={repo.GetProperty("id").GetGuid()}");
            Assert.All(own.Where(row => row.TryGetProperty("repo", out _)), row => Assert.Equal(repo.GetProperty("full_name").GetString(), row.GetProperty("repo").GetString()));
            perRepo += own.Count;
        }
        if (path != "github/contributors") Assert.Equal(all.Count, perRepo);
        using var unknown = await github.Ada.Api.GetAsync(new Uri($"connectors/{path}?repo_id={Guid.NewGuid()}", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Empty(await AllAsync(github.Ada, $"{path}?since=2199-01-01T00:00:00Z"));
        var dated = all.Count(row => !row.TryGetProperty("pushed_at", out var pushed) || pushed.ValueKind != JsonValueKind.Null);
        Assert.Equal(dated, (await AllAsync(github.Ada, $"{path}?since=1990-01-01")).Count);
    }

    [Fact]
    public async Task Pull_requests_are_those_of_the_world_and_can_be_asked_for_by_author_and_state()
    {
        var world = github.GitHub.World.Repositories.SelectMany(r => r.PullRequests).ToList();
        var all = await AllAsync(github.Ada, "github/pull-requests");
        Assert.Equal(world.Count, all.Count);
        Assert.Equal(all.Select(row => row.GetProperty("updated_at").GetDateTimeOffset()).OrderDescending(), all.Select(row => row.GetProperty("updated_at").GetDateTimeOffset()));
        Assert.Equal(world.Sum(pull => pull.Reviews.Count(review => review.SubmittedAt is not null)), all.Sum(row => row.GetProperty("reviews").GetInt32()));

        var parts = 0;
        foreach (var state in new[] { "open", "closed", "merged" })
        {
            var some = await AllAsync(github.Ada, "github/pull-requests?state=" + state);
            Assert.All(some, row => Assert.Equal(state, row.GetProperty("state").GetString()));
            parts += some.Count;
        }
        Assert.Equal(all.Count, parts);

        var author = all.Select(row => row.GetProperty("author").GetString()).First(login => login is not null)!;
        var hers = await AllAsync(github.Ada, "github/pull-requests?author=" + author.ToUpperInvariant());
        Assert.Equal(all.Count(row => row.GetProperty("author").GetString() == author), hers.Count);
        Assert.Equal(hers.Count, (await AllAsync(github.Ada, $"github/pull-requests?author={author}%5Bbot%5D")).Count);
        Assert.Empty(await AllAsync(github.Ada, "github/pull-requests?author=%25"));
    }

    [Fact]
    public async Task A_contributor_has_as_many_pull_requests_as_the_list_of_theirs()
    {
        var contributors = await AllAsync(github.Ada, "github/contributors");
        foreach (var contributor in contributors.Take(3))
        {
            var login = contributor.GetProperty("login").GetString();
            Assert.Equal(contributor.GetProperty("pull_requests").GetInt32(), (await AllAsync(github.Ada, "github/pull-requests?author=" + login)).Count);
            Assert.Equal(contributor.GetProperty("commits").GetInt32(), (await AllAsync(github.Ada, "github/commits?author=" + login)).Count);
            Assert.Equal(login, Assert.Single(await AllAsync(github.Ada, "github/contributors?author=" + login)).GetProperty("login").GetString());
        }
    }

    [Fact]
    public async Task Runs_can_be_asked_for_by_workflow_and_by_status_or_conclusion()
    {
        var all = await AllAsync(github.Ada, "github-actions/runs");
        Assert.Equal(github.GitHub.World.Repositories.Sum(r => r.Runs.Sum(run => run.Attempts.Count)), all.Count);
        Assert.Equal(
            all.Count(row => row.GetProperty("conclusion").GetString() == "failure"), (await AllAsync(github.Ada, "github-actions/runs?status=failure")).Count);
        Assert.Equal(
            all.Count(row => row.GetProperty("status").GetString() == "completed"), (await AllAsync(github.Ada, "github-actions/runs?status=completed")).Count);
        var ofAll = 0;
        foreach (var workflow in await AllAsync(github.Ada, "github-actions/workflows"))
        {
            var runs = await AllAsync(github.Ada, $"github-actions/runs?workflow_id={workflow.GetProperty("id").GetGuid()}");
            Assert.All(runs, run => Assert.Equal(workflow.GetProperty("name").GetString(), run.GetProperty("workflow").GetString()));
            ofAll += runs.Count;
        }
        Assert.Equal(all.Count, ofAll);
    }

    [Fact]
    public async Task Deployments_are_those_that_metrics_count_and_can_be_asked_for_by_workflow_environment_and_status()
    {
        var all = await AllAsync(github.Ada, "github-actions/deployments");
        var parts = 0;
        foreach (var status in new[] { "succeeded", "failed" })
            parts += (await AllAsync(github.Ada, "github-actions/deployments?status=" + status)).Count;
        Assert.Equal(all.Count, parts);

        var environments = all.CountBy(row => row.GetProperty("environment").GetString()!).ToList();
        foreach (var (environment, count) in environments)
            Assert.Equal(count, (await AllAsync(github.Ada, "github-actions/deployments?environment=" + Uri.EscapeDataString(environment))).Count);

        var ofWorkflows = 0;
        foreach (var workflow in await AllAsync(github.Ada, "github-actions/workflows"))
            ofWorkflows += (await AllAsync(github.Ada, $"github-actions/deployments?workflow_id={workflow.GetProperty("id").GetGuid()}")).Count;
        Assert.Equal(all.Count(row => row.GetProperty("source_key").GetString()!.StartsWith("run ", StringComparison.Ordinal)), ofWorkflows);
    }

    [Theory]
    [InlineData("github/repos?state=gone", "state")]
    [InlineData("github/pull-requests?state=reopened", "state")]
    [InlineData("github/commits?per_page=101", "per_page")]
    [InlineData("github/contributors?page=0", "page")]
    [InlineData("github-actions/workflows?status=on", "status")]
    [InlineData("github-actions/runs?status=green", "status")]
    [InlineData("github-actions/deployments?status=ok", "status")]
    public async Task A_filter_that_says_nothing_is_named(string path, string field)
    {
        using var answer = await github.Ada.Api.GetAsync(new Uri("connectors/" + path, UriKind.Relative), Now);
        var problem = await AuthTests.AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Fact]
    public async Task The_openapi_document_shows_an_example_of_every_list()
    {
        using var visitor = github.App.Api();
        var document = await visitor.GetFromJsonAsync<JsonElement>(new Uri(github.App.Address, "openapi/v1.json"), Now);
        var lists = document.GetProperty("paths").EnumerateObject()
            .Where(path => path.Name.StartsWith("/api/v1/connectors/github", StringComparison.Ordinal) && path.Value.TryGetProperty("get", out _) && !path.Name.EndsWith("/status", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(7, lists.Count);
        Assert.All(lists, path =>
        {
            var operation = path.Value.GetProperty("get");
            Assert.NotEqual("", operation.GetProperty("summary").GetString());
            var example = operation.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("example");
            Assert.Equal(1, example.GetProperty("total").GetInt32());
            Assert.True(operation.GetProperty("responses").TryGetProperty("422", out _));
        });
    }

    private static async Task<JsonElement> ListAsync(Someone someone, string path) =>
        await someone.Api.GetFromJsonAsync<JsonElement>("connectors/" + path, Now);

    private static async Task<List<JsonElement>> AllAsync(Someone someone, string path)
    {
        var rows = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var list = await ListAsync(someone, string.Create(CultureInfo.InvariantCulture, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}page={page}&per_page=100"));
            Assert.Equal((page, 100), (list.GetProperty("page").GetInt32(), list.GetProperty("per_page").GetInt32()));
            rows.AddRange(list.GetProperty("items").EnumerateArray());
            if (list.GetProperty("items").GetArrayLength() < 100)
            {
                Assert.Equal(list.GetProperty("total").GetInt32(), rows.Count);
                return rows;
            }
        }
    }
}
