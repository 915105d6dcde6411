using System.Net;
using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Seeding;

namespace Veelocity.Web.Tests.Simulator;

public sealed class FaultTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private GitHubSimulator _github = null!;

    public async ValueTask InitializeAsync() =>
        _github = await GitHubSimulator.StartAsync(SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 60 }));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _github.DisposeAsync();
    }

    [Fact]
    public async Task A_bad_gateway_strikes_as_often_as_asked()
    {
        _github.Faults.Add(new Fault(FaultKind.BadGateway) { PathContains = "/user", Skip = 1, Times = 2 });

        var statuses = new List<HttpStatusCode>();
        for (var call = 0; call < 4; call++)
            statuses.Add(await Status("user"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.BadGateway, HttpStatusCode.BadGateway, HttpStatusCode.OK], statuses);
        Assert.Equal(HttpStatusCode.OK, await Status("repos/acme/handbook"));
    }

    [Fact]
    public async Task The_secondary_limit_says_how_long_to_wait()
    {
        _github.Faults.Add(new Fault(FaultKind.SecondaryLimit) { RetryAfterSeconds = 7 });

        using var answer = await SimulatedGitHub.Get(_http, _github, "user", "ghp_good");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
        Assert.NotEqual("0", answer.Headers.GetValues("x-ratelimit-remaining").Single());
    }

    [Fact]
    public async Task A_query_for_too_much_is_answered_in_part()
    {
        _github.Faults.Add(new Fault(FaultKind.ResourceLimits) { AboveNodes = 2_000 });

        var much = await SimulatedGitHub.Query(_http, _github, Queries.PullRequests, new { owner = "acme", name = "shop-web", first = 16 }, "ghp_good");
        var little = await SimulatedGitHub.Query(_http, _github, Queries.PullRequests, new { owner = "acme", name = "shop-web", first = 8 }, "ghp_good");

        Assert.Equal("RESOURCE_LIMITS_EXCEEDED", (string?)much["errors"]![0]!["type"]);
        Assert.Null(much["data"]!["repository"]!["pullRequests"]!["nodes"]![15]);
        Assert.NotNull(much["data"]!["repository"]!["pullRequests"]!["nodes"]![0]);
        Assert.Null(little["errors"]);
    }

    [Fact]
    public async Task A_small_budget_runs_out()
    {
        _github.RateLimits.CoreLimit = 2;

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden], [await Status("user"), await Status("user"), await Status("user")]);
    }

    [Fact]
    public async Task Faults_and_the_log_are_also_reached_over_HTTP()
    {
        using var body = new StringContent("""{"kind":"BadGateway","times":1}""", System.Text.Encoding.UTF8, "application/json");
        using var added = await _http.PostAsync(new Uri(_github.BaseUrl, "_simulator/faults"), body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, added.StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, await Status("user"));
        var log = await _http.GetStringAsync(new Uri(_github.BaseUrl, "_simulator/requests"), TestContext.Current.CancellationToken);
        Assert.Contains("\"status\":502", log, StringComparison.Ordinal);
        using var reset = await _http.PostAsync(new Uri(_github.BaseUrl, "_simulator/reset"), null, TestContext.Current.CancellationToken);
        Assert.Empty(_github.RequestLog.All);
    }

    private async Task<HttpStatusCode> Status(string path)
    {
        using var answer = await SimulatedGitHub.Get(_http, _github, path, "ghp_good");
        return answer.StatusCode;
    }
}
