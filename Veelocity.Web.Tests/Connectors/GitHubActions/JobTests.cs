using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors.GitHubActions;

public sealed class JobTests
{
    private const string Run =
        """{"id":9000000001,"node_id":"WFR_1","name":"Deploy","path":".github/workflows/deploy.yml","run_number":1,"run_attempt":1,"event":"push","status":"completed","conclusion":"failure","workflow_id":5,"head_branch":"main","head_sha":"aaaa","html_url":"https://x/1","created_at":"2026-10-01T00:00:00Z","run_started_at":"2026-10-01T00:00:00Z","updated_at":"2026-10-01T01:00:00Z"}""";

    private const string Forbidden = """{"data":null,"errors":[{"type":"FORBIDDEN","message":"Resource not accessible by personal access token"}]}""";

    [Fact]
    public async Task A_token_that_may_not_read_checks_gets_its_jobs_and_workflows_through_REST()
    {
        await using var server = await StubServer.StartAsync((http, _) => http.Request.Path.Value switch
        {
            "/graphql" => StubServer.WriteAsync(http, 200, Forbidden),
            "/repos/acme/web/actions/runs" => StubServer.WriteAsync(http, 200, $$"""{"total_count":1,"workflow_runs":[{{Run}}]}"""),
            "/repos/acme/web/actions/workflows" => StubServer.WriteAsync(http, 200, """{"total_count":1,"workflows":[{"id":5,"name":"Ship it","path":".github/workflows/deploy.yml","state":"active"}]}"""),
            "/repos/acme/web/actions/runs/9000000001/attempts/1/jobs" => StubServer.WriteAsync(
                http, 200, """{"total_count":1,"jobs":[{"id":7,"name":"deploy","status":"completed","conclusion":"failure","started_at":"2026-10-01T00:01:00Z","completed_at":"2026-10-01T00:09:00Z","steps":[{"name":"Push","conclusion":"failure"}]}]}"""),
            _ => StubServer.WriteAsync(http, 404, "{}"),
        });
        await using var host = new ConnectorHost(server.Address);

        var reading = await new Reading(host.Actions) { Repositories = [new("1", "acme/web", "main", false, null)] }.FetchAsync();

        var fact = Assert.Single(reading.Facts.OfType<WorkflowRunFact>());
        Assert.Equal(new DateTimeOffset(2026, 10, 1, 0, 9, 0, TimeSpan.Zero), fact.CompletedAt);
        Assert.Equal("Push", Assert.Single(fact.Jobs!).FailedStep);
        Assert.Equal("Ship it", Assert.Single(reading.Facts.OfType<WorkflowFact>()).Name);
    }

    [Fact]
    public async Task A_run_whose_jobs_cannot_be_read_now_is_not_passed_over_by_its_cursor()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var world = SeededWorld.Create(new SeedOptions { Now = now, PullRequests = 60 });
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        IReadOnlyList<KnownRepository> known = [.. world.Repositories.Select(r => new KnownRepository($"{r.Id}", r.FullName, "main", false, r.PushedAt, NodeId: r.NodeId))];
        var undisturbed = await new Reading(host.Actions) { Repositories = known }.FetchAsync();
        var disturbed = new Reading(host.Actions) { Repositories = known };
        github.RateLimits.GraphQlLimit = github.RequestLog.All.Where(request => request.Kind == RequestKind.GraphQl).Sum(request => request.Cost) + 8;

        var limited = await Assert.ThrowsAsync<ConnectorException>(() => disturbed.FetchAsync());
        var facts = Reading.Texts(disturbed.Facts);
        github.RateLimits.GraphQlLimit = 5_000;
        facts.UnionWith(Reading.Texts((await disturbed.FetchAsync()).Facts));

        Assert.Equal(ConnectorFault.RateLimited, limited.Fault);
        Assert.Equal(Reading.Texts(undisturbed.Facts), facts);
    }
}
