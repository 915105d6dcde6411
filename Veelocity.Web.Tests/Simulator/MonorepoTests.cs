using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Web.Tests.Simulator;

public sealed class MonorepoTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private GitHubSimulator _github = null!;

    private Repository Platform => _github.World.FindRepository("acme", "platform")!;

    public async ValueTask InitializeAsync() =>
        _github = await GitHubSimulator.StartAsync(SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 300, Monorepo = true }));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _github.DisposeAsync();
    }

    [Fact]
    public void Each_pull_request_stays_in_one_service_or_two_and_is_deployed_where_it_belongs()
    {
        var touched = Platform.PullRequests.Where(pull => pull.Commits.Count > 0).Select(Services).ToList();

        Assert.Equal(["apps/web", "mobile", "services/api"], touched.SelectMany(services => services).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(touched, services => Assert.InRange(services.Count, 1, 2));
        Assert.Contains(touched, services => services.Count == 2);
        Assert.Equal(["production-api", "production-mobile", "production-web"], Platform.Deployments.Select(deployment => deployment.Environment).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Contains(Platform.Runs, run => run.Workflow.Path == ".github/workflows/deploy-api.yml");
        var merged = Platform.PullRequests.First(pull => pull.MergeCommit is not null && Services(pull) is ["mobile"]);
        Assert.All(Platform.Runs.Where(run => run.HeadSha == merged.MergeCommit!.Sha && run.Workflow.Name.StartsWith("Deploy", StringComparison.Ordinal)), run => Assert.Equal("Deploy mobile", run.Workflow.Name));
    }

    [Fact]
    public async Task The_files_of_a_pull_request_are_the_same_in_GraphQL_and_REST()
    {
        var pull = Platform.PullRequests.MaxBy(candidate => candidate.ChangedFiles)!;

        var answer = await SimulatedGitHub.Query(_http, _github, """
            query ($number: Int!) { rateLimit { cost } repository(owner: "acme", name: "platform") { pullRequest(number: $number) { changedFiles
              files(first: 3) { totalCount pageInfo { hasNextPage endCursor } nodes { path additions deletions changeType } } } } }
            """, new { number = pull.Number }, "ghp_good");
        using var rest = await SimulatedGitHub.Get(_http, _github, $"repos/acme/platform/pulls/{pull.Number}/files?per_page=100", "ghp_good");
        var rows = System.Text.Json.Nodes.JsonNode.Parse(await rest.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsArray();

        var shown = answer["data"]!["repository"]!["pullRequest"]!;
        Assert.Equal((pull.Files.Count, pull.Files.Count), ((int)shown["changedFiles"]!, (int)shown["files"]!["totalCount"]!));
        Assert.True((bool)shown["files"]!["pageInfo"]!["hasNextPage"]!);
        Assert.Equal(rows.Take(3).Select(row => (string?)row!["filename"]), shown["files"]!["nodes"]!.AsArray().Select(node => (string?)node!["path"]));
        Assert.Equal(pull.Additions, rows.Sum(row => (int)row!["additions"]!));
    }

    private static List<string> Services(PullRequest pull) =>
        [.. pull.Repository.Services.Where(service => pull.Files.Any(file => file.Path.StartsWith(service + "/", StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
}
