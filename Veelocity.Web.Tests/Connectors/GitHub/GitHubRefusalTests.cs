using Microsoft.AspNetCore.Http;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors.GitHub;

public sealed class GitHubRefusalTests
{
    private const string OneRepository =
        """[{"id":1,"node_id":"R_1","full_name":"acme/web","html_url":"https://github.com/acme/web","default_branch":"main","created_at":"2026-01-01T00:00:00Z"}]""";

    private const string OnePulse =
        """{"data":{"rateLimit":{"cost":1},"nodes":[{"id":"R_1","pullRequests":{"totalCount":2,"nodes":[{"updatedAt":"2026-10-01T00:00:00Z"}]},"releases":{"totalCount":0,"nodes":[]},"defaultBranchRef":null}]}}""";

    [Theory]
    [InlineData(401, """{"message":"Bad credentials"}""", "", "", ConnectorFault.TokenWrong, "Make a new one")]
    [InlineData(401, """{"message":"Your token has expired"}""", "", "", ConnectorFault.TokenExpired, "Make a new one")]
    [InlineData(403, """{"message":"Resource protected by organization SAML enforcement."}""", "X-GitHub-SSO", "required; url=https://github.com/orgs/acme/sso?authorization_request=A1", ConnectorFault.SsoRequired, "https://github.com/orgs/acme/sso?authorization_request=A1")]
    [InlineData(403, """{"message":"Resource not accessible by personal access token"}""", "x-accepted-github-permissions", "metadata=read", ConnectorFault.MissingPermission, "metadata=read")]
    [InlineData(403, """{"message":"acme has an IP allow list enabled"}""", "", "", ConnectorFault.MissingPermission, "IP allow list")]
    [InlineData(404, """{"message":"Not Found"}""", "", "", ConnectorFault.NotFound, "user/repos")]
    [InlineData(400, "<html>", "", "", ConnectorFault.Malformed, "400")]
    public async Task Each_cause_of_a_refusal_is_told_apart_and_says_what_to_do(
        int status, string body, string header, string value, ConnectorFault fault, string words)
    {
        await using var server = await StubServer.StartAsync(status, body, header.Length == 0 ? [] : [(header, value)]);

        var refused = await RefusalOfAsync(server);

        Assert.Equal(fault, refused.Fault);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ghp_good", refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_secondary_limit_names_the_moment_it_is_over_and_is_not_waited_for()
    {
        await using var server = await StubServer.StartAsync(
            403, """{"message":"You have exceeded a secondary rate limit."}""", ("retry-after", "120"));
        var before = DateTimeOffset.UtcNow;

        var refused = await RefusalOfAsync(server);

        Assert.Equal(ConnectorFault.RateLimited, refused.Fault);
        Assert.InRange(refused.Until!.Value, before.AddSeconds(119), DateTimeOffset.UtcNow.AddSeconds(121));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_secondary_limit_without_a_time_is_over_in_a_minute()
    {
        await using var server = await StubServer.StartAsync(403, """{"message":"You have exceeded a secondary rate limit."}""");
        var before = DateTimeOffset.UtcNow;

        var refused = await RefusalOfAsync(server);

        Assert.InRange(refused.Until!.Value, before.AddSeconds(59), DateTimeOffset.UtcNow.AddSeconds(61));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task A_primary_limit_is_over_at_its_reset(int status)
    {
        await using var server = await StubServer.StartAsync(
            status, """{"message":"API rate limit exceeded"}""", ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1893456000"));

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_893_456_000), (await RefusalOfAsync(server)).Until);
    }

    [Fact]
    public async Task A_limit_that_GraphQL_reports_with_status_200_is_one()
    {
        await using var server = await StubServer.StartAsync((http, _) => http.Request.Path == "/graphql"
            ? StubServer.WriteAsync(
                http, 200, """{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}""",
                ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1893456000"))
            : StubServer.WriteAsync(http, 200, OneRepository));

        var refused = await RefusalOfAsync(server);

        Assert.Equal((ConnectorFault.RateLimited, DateTimeOffset.FromUnixTimeSeconds(1_893_456_000)), (refused.Fault, refused.Until!.Value));
    }

    [Fact]
    public async Task A_secondary_limit_met_by_GraphQL_is_one_too()
    {
        await using var server = await StubServer.StartAsync((http, _) => http.Request.Path == "/graphql"
            ? StubServer.WriteAsync(http, 403, """{"message":"You have exceeded a secondary rate limit."}""", ("retry-after", "90"))
            : StubServer.WriteAsync(http, 200, OneRepository));
        var before = DateTimeOffset.UtcNow;

        var refused = await RefusalOfAsync(server);

        Assert.Equal(ConnectorFault.RateLimited, refused.Fault);
        Assert.InRange(refused.Until!.Value, before.AddSeconds(89), DateTimeOffset.UtcNow.AddSeconds(91));
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_is_malformed()
    {
        await using var server = await StubServer.StartAsync(200, "<html>Please sign in</html>");

        Assert.Equal(ConnectorFault.Malformed, (await RefusalOfAsync(server)).Fault);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_server_that_does_not_listen_is_unreachable()
    {
        await using var host = new ConnectorHost(new Uri("http://127.0.0.1:1/"));

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => new Reading(host.GitHub).FetchAsync());

        Assert.Equal(ConnectorFault.Unreachable, refused.Fault);
        Assert.Contains("does not accept connections", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_passes_by_itself_is_asked_again_and_counted()
    {
        await using var server = await StubServer.StartAsync((http, number) => number switch
        {
            1 => StubServer.WriteAsync(http, 503, "<html>"),
            2 => StubServer.WriteAsync(http, 502, "<html>"),
            _ => StubServer.WriteAsync(http, 200, "[]"),
        });
        await using var host = new ConnectorHost(server.Address);

        var reading = await new Reading(host.GitHub).FetchAsync();

        Assert.Equal(3, server.Requests);
        Assert.Equal(3, reading.Requests);
    }

    [Fact]
    public async Task A_server_that_stays_in_trouble_is_unreachable_after_few_tries()
    {
        await using var server = await StubServer.StartAsync(500, "<html>");

        Assert.Equal(ConnectorFault.Unreachable, (await RefusalOfAsync(server)).Fault);
        Assert.InRange(server.Requests, 2, 5);
    }

    [Fact]
    public async Task Partial_data_with_an_error_gives_no_facts_and_moves_no_cursor()
    {
        await using var server = await StubServer.StartAsync((http, _) => AnswerAsync(
            http, """{"data":{"repository":{"pullRequests":{"totalCount":2,"pageInfo":{"hasNextPage":false},"nodes":[null,null]}}},"errors":[{"type":"FORBIDDEN","message":"Resource not accessible","path":["repository"]}]}"""));
        await using var host = new ConnectorHost(server.Address);

        var reading = await new Reading(host.GitHub).FetchAsync();

        Assert.Empty(reading.Facts.OfType<PullRequestFact>());
        Assert.Empty(reading.Cursors);
        Assert.Equal(ConnectorFault.MissingPermission, Assert.Single(reading.Problems).Fault);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_named_and_costs_no_other_row()
    {
        const string rows =
            """
            {"number":1,"url":"https://x/1","title":"Good","state":"OPEN","createdAt":"2026-10-01T00:00:00Z","updatedAt":"2026-10-01T00:00:00Z"},
            {"number":2,"url":"https://x/2","title":"Bad date","state":"OPEN","createdAt":"yesterday","updatedAt":"2026-10-01T00:00:00Z"},
            {"number":3,"title":"No address","state":"OPEN","createdAt":"2026-10-01T00:00:00Z","updatedAt":"2026-10-01T00:00:00Z"}
            """;
        await using var server = await StubServer.StartAsync((http, _) => AnswerAsync(
            http, """{"data":{"repository":{"pullRequests":{"totalCount":3,"pageInfo":{"hasNextPage":false},"nodes":[ROWS]}}}}""".Replace("ROWS", rows, StringComparison.Ordinal)));
        await using var host = new ConnectorHost(server.Address);

        var reading = await new Reading(host.GitHub).FetchAsync();

        Assert.Equal(1, Assert.Single(reading.Facts.OfType<PullRequestFact>()).Number);
        var problem = Assert.Single(reading.Problems);
        Assert.Contains("number 2", problem.Message, StringComparison.Ordinal);
        Assert.Contains("pull request 3 (no url)", problem.Message, StringComparison.Ordinal);
        Assert.Single(reading.Cursors);
    }

    [Fact]
    public async Task The_token_does_not_follow_a_redirect_to_another_host()
    {
        await using var other = await StubServer.StartAsync(200, "[]");
        await using var server = await StubServer.StartAsync(302, "", ("location", other.Address.AbsoluteUri));

        Assert.Equal(ConnectorFault.AddressRefused, (await RefusalOfAsync(server)).Fault);
        Assert.Equal(0, other.Requests);
    }

    [Theory]
    [InlineData("https://127.0.0.1:5419")]
    [InlineData("https://localhost:5419")]
    [InlineData("https://[::1]:5419")]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://[::ffff:10.0.0.1]")]
    [InlineData("http://example.com")]
    public async Task An_address_typed_by_a_user_may_not_reach_private_networks(string typed)
    {
        await using var host = new ConnectorHost(new Uri("https://api.github.com/"));

        var refused = await Assert.ThrowsAsync<ConnectorException>(() =>
            host.GitHub.TestAsync(new ConnectorCredentials("ghp_good", new Uri(typed)), TestContext.Current.CancellationToken));

        Assert.Equal(ConnectorFault.AddressRefused, refused.Fault);
    }

    [Fact]
    public async Task An_operator_may_allow_private_networks_and_gets_an_enterprise_servers_paths()
    {
        var asked = new List<string>();
        await using var server = await StubServer.StartAsync((http, _) =>
        {
            asked.Add(http.Request.Path);
            return StubServer.WriteAsync(http, 200, http.Request.Path.Value!.EndsWith("/repos", StringComparison.Ordinal) ? "[]" : """{"login":"ann","id":1}""", ("X-OAuth-Scopes", "repo"));
        });
        await using var host = new ConnectorHost(new Uri("https://api.github.com/"), allowPrivateNetworks: true);

        var check = await host.GitHub.TestAsync(new ConnectorCredentials("ghp_good", server.Address), TestContext.Current.CancellationToken);

        Assert.Equal("ann", check.Account);
        Assert.Equal(["/api/v3/user", "/api/v3/user/repos"], asked);
        Assert.All(server.Authorizations, authorization => Assert.Equal("Bearer ghp_good", authorization));
    }

    private static Task AnswerAsync(HttpContext http, string pullRequests) => (http.Request.Path.Value, Bodies(http).Contains("RepositoryPulses", StringComparison.Ordinal)) switch
    {
        ("/graphql", true) => StubServer.WriteAsync(http, 200, OnePulse),
        ("/graphql", false) => StubServer.WriteAsync(http, 200, pullRequests),
        _ => StubServer.WriteAsync(http, 200, OneRepository),
    };

    private static string Bodies(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        return reader.ReadToEndAsync().GetAwaiter().GetResult();
    }

    private static async Task<ConnectorException> RefusalOfAsync(StubServer server)
    {
        await using var host = new ConnectorHost(server.Address);
        return await Assert.ThrowsAsync<ConnectorException>(() => new Reading(host.GitHub).FetchAsync());
    }
}
