using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Veelocity.Simulator.Gate;

namespace Veelocity.Web.Tests.Simulator;

public sealed class FaultKindTests(SimulatedGitHub world) : IClassFixture<SimulatedGitHub>, IDisposable
{
    private const string Viewer = "query Viewer { viewer { login } }";

    public void Dispose() => world.GitHub.Faults.Clear();

    [Theory]
    [InlineData(FaultKind.BadGateway, null, HttpStatusCode.BadGateway)]
    [InlineData(FaultKind.GatewayTimeout, null, HttpStatusCode.GatewayTimeout)]
    [InlineData(FaultKind.ServerError, null, HttpStatusCode.InternalServerError)]
    [InlineData(FaultKind.ServerError, 503, HttpStatusCode.ServiceUnavailable)]
    [InlineData(FaultKind.SecondaryLimit, null, HttpStatusCode.Forbidden)]
    [InlineData(FaultKind.SecondaryLimit, 429, HttpStatusCode.TooManyRequests)]
    [InlineData(FaultKind.PrimaryLimit, null, HttpStatusCode.TooManyRequests)]
    [InlineData(FaultKind.PrimaryLimit, 403, HttpStatusCode.Forbidden)]
    [InlineData(FaultKind.TokenRevoked, null, HttpStatusCode.Unauthorized)]
    [InlineData(FaultKind.SsoRequired, null, HttpStatusCode.Forbidden)]
    [InlineData(FaultKind.MissingPermission, null, HttpStatusCode.Forbidden)]
    [InlineData(FaultKind.NotFound, null, HttpStatusCode.NotFound)]
    [InlineData(FaultKind.NotFound, 451, HttpStatusCode.UnavailableForLegalReasons)]
    [InlineData(FaultKind.ActionsDisabled, null, HttpStatusCode.NotFound)]
    [InlineData(FaultKind.ActionsDisabled, 410, HttpStatusCode.Gone)]
    public async Task A_REST_request_is_refused_as_the_kind_says(FaultKind kind, int? status, HttpStatusCode expected)
    {
        world.GitHub.Faults.Add(new Fault(kind) { Status = status, Times = 1, ResetSeconds = 90 });

        using var answer = await world.Get("repos/acme/ui-kit/actions/workflows");
        using var after = await world.Get("repos/acme/ui-kit/actions/workflows");

        Assert.Equal((expected, HttpStatusCode.OK), (answer.StatusCode, after.StatusCode));
        Assert.Equal(kind == FaultKind.SsoRequired, answer.Headers.Contains("X-GitHub-SSO"));
        Assert.Equal(kind == FaultKind.SecondaryLimit, answer.Headers.RetryAfter is not null);
        Assert.Equal(kind == FaultKind.PrimaryLimit, answer.Headers.GetValues("x-ratelimit-remaining").Single() == "0");
        if (kind == FaultKind.PrimaryLimit)
            Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(long.Parse(answer.Headers.GetValues("x-ratelimit-reset").Single(), System.Globalization.CultureInfo.InvariantCulture)) - answer.Headers.Date!.Value, TimeSpan.FromSeconds(85), TimeSpan.FromSeconds(95));
    }

    [Theory]
    [InlineData(FaultKind.PrimaryLimit, "RATE_LIMITED")]
    [InlineData(FaultKind.SsoRequired, "FORBIDDEN")]
    [InlineData(FaultKind.MissingPermission, "FORBIDDEN")]
    [InlineData(FaultKind.NotFound, "NOT_FOUND")]
    public async Task A_query_is_refused_with_status_200_and_a_type(FaultKind kind, string type)
    {
        world.GitHub.Faults.Add(new Fault(kind));

        var answer = await world.Query(Viewer);

        Assert.Equal(type, (string?)answer["errors"]![0]!["type"]);
        Assert.Null(answer["data"]?["viewer"]);
    }

    [Theory]
    [InlineData(FaultKind.PrimaryLimit, 403)]
    [InlineData(FaultKind.SecondaryLimit, null)]
    public async Task A_query_is_refused_with_403_too(FaultKind kind, int? status)
    {
        world.GitHub.Faults.Add(new Fault(kind) { Status = status, RetryAfterSeconds = null });

        using var answer = await world.Post(Viewer);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(answer.Headers.RetryAfter);
        Assert.Contains("rate limit", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secondary_limit_may_come_with_status_200_on_queries()
    {
        world.GitHub.Faults.Add(new Fault(FaultKind.SecondaryLimit) { Status = 200 });

        Assert.Contains("secondary rate limit", (string?)(await world.Query(Viewer))["errors"]![0]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partial_data_has_null_nodes_and_an_error_without_a_type()
    {
        world.GitHub.Faults.Add(new Fault(FaultKind.PartialData));

        var answer = await world.Query(Queries.Commits, new { owner = "acme", name = "shop-web", first = 10 });

        var nodes = answer["data"]!["repository"]!["defaultBranchRef"]!["target"]!["history"]!["nodes"]!.AsArray();
        Assert.Equal(5, nodes.Count(node => node is null));
        Assert.StartsWith("Something went wrong", (string?)answer["errors"]![0]!["message"], StringComparison.Ordinal);
        Assert.Null(answer["errors"]![0]!["type"]);
    }

    [Fact]
    public async Task Null_rows_come_without_a_word()
    {
        world.GitHub.Faults.Add(new Fault(FaultKind.NullRows));

        var runs = await world.Json("repos/acme/payments-api/actions/runs?per_page=9");
        var pulls = await world.Json("repos/acme/payments-api/pulls?state=all&per_page=9");
        var graph = await world.Query(Queries.PullRequests, new { owner = "acme", name = "shop-web", first = 9 });

        Assert.Equal(3, runs["workflow_runs"]!.AsArray().Count(row => row is null));
        Assert.Equal(3, pulls.AsArray().Count(row => row is null));
        Assert.Equal(3, graph["data"]!["repository"]!["pullRequests"]!["nodes"]!.AsArray().Count(row => row is null));
        Assert.Null(graph["errors"]);
    }

    [Fact]
    public async Task Malformed_JSON_arrives_whole_and_cannot_be_read()
    {
        world.GitHub.Faults.Add(new Fault(FaultKind.MalformedJson));

        using var answer = await world.Get("repos/acme/ui-kit");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, answer.Content.Headers.ContentLength), (answer.StatusCode, text.Length));
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(text));
        Assert.Null(answer.Headers.ETag);
    }

    [Theory]
    [InlineData(FaultKind.CutBody)]
    [InlineData(FaultKind.Disconnect)]
    public async Task A_cut_connection_is_noticed_and_the_next_is_whole(FaultKind kind)
    {
        world.GitHub.Faults.Add(new Fault(kind) { Times = 1 });

        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var answer = await world.Get("repos/acme/ui-kit/actions/runs?per_page=100");
        });
        using var whole = await world.Get("repos/acme/ui-kit/actions/runs?per_page=100");
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
    }

    [Fact]
    public async Task A_slow_answer_is_right_but_late()
    {
        world.GitHub.Faults.Add(new Fault(FaultKind.Slow) { DelayMilliseconds = 300 });
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        Assert.Equal("acme/ui-kit", (string?)(await world.Json("repos/acme/ui-kit"))["full_name"]);
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) > TimeSpan.FromMilliseconds(280));
    }

    [Fact]
    public async Task A_fault_strikes_one_repository_in_paths_and_in_variables_and_one_token()
    {
        using var rest = await world.Control("faults", new { kind = "NotFound", pathContains = "/acme/ui-kit" });
        using var graph = await world.Control("faults", new { kind = "MissingPermission", request = "GraphQl", bodyContains = "\"ui-kit\"" });
        using var token = await world.Control("faults", new { kind = "TokenRevoked", token = "ghp_other" });

        using var struck = await world.Get("repos/acme/ui-kit");
        using var spared = await world.Get("repos/acme/shop-web");
        using var revoked = await world.Get("repos/acme/shop-web", "ghp_other");
        var struckQuery = await world.Query(Queries.Commits, new { owner = "acme", name = "ui-kit", first = 1 });
        var sparedQuery = await world.Query(Queries.Commits, new { owner = "acme", name = "shop-web", first = 1 });
        using var list = await world.GetControl("faults");
        var inForce = (await list.Content.ReadFromJsonAsync<JsonArray>(TestContext.Current.CancellationToken))!;

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (struck.StatusCode, spared.StatusCode, revoked.StatusCode));
        Assert.Equal("FORBIDDEN", (string?)struckQuery["errors"]![0]!["type"]);
        Assert.Null(sparedQuery["errors"]);
        Assert.Equal([1, 1, 1], inForce.Select(fault => (int)fault!["struck"]!));
    }

    [Fact]
    public async Task A_fault_at_a_rate_strikes_about_that_share()
    {
        world.GitHub.Faults.Add(new Fault(FaultKind.BadGateway) { Rate = 0.3 });

        var struck = 0;
        for (var call = 0; call < 100; call++)
        {
            using var answer = await world.Get("user");
            struck += answer.StatusCode == HttpStatusCode.BadGateway ? 1 : 0;
        }

        Assert.InRange(struck, 18, 42);
    }

    [Fact]
    public async Task A_fault_above_a_number_of_nodes_spares_small_queries()
    {
        world.GitHub.Faults.Add(new Fault(FaultKind.BadGateway) { AboveNodes = 50 });

        using var large = await world.Post("{ repository(owner: \"acme\", name: \"shop-web\") { pullRequests(first: 60) { nodes { number } } } }");
        using var small = await world.Post("{ repository(owner: \"acme\", name: \"shop-web\") { pullRequests(first: 20) { nodes { number } } } }");

        Assert.Equal((HttpStatusCode.BadGateway, HttpStatusCode.OK), (large.StatusCode, small.StatusCode));
    }
}
