using System.Net;

namespace Veelocity.Web.Tests.Simulator;

public sealed class TokenTests(SimulatedGitHub world) : IClassFixture<SimulatedGitHub>
{
    private const string Organization = """{ organization(login: "acme") { repositories(first: 100) { totalCount } } }""";

    [Theory]
    [InlineData("ghp_wrong")]
    [InlineData("something")]
    public async Task A_bad_token_is_401(string token)
    {
        using var answer = await world.Get("user", token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Bad credentials", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("Bad credentials", (string?)(await world.Query(Organization, token: token))["message"]);
    }

    [Fact]
    public async Task An_expired_token_says_when_it_ended()
    {
        using var answer = await world.Get("user", "ghp_expired");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.EndsWith("UTC", answer.Headers.GetValues("GitHub-Authentication-Token-Expiration").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_single_sign_on_only_the_organization_is_closed()
    {
        using var user = await world.Get("user", "ghp_sso");
        using var repository = await world.Get("repos/acme/handbook", "ghp_sso");
        var query = await world.Query(Organization, token: "ghp_sso");

        Assert.Equal(HttpStatusCode.OK, user.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, repository.StatusCode);
        Assert.StartsWith("required; url=", repository.Headers.GetValues("X-GitHub-SSO").Single(), StringComparison.Ordinal);
        Assert.Equal("FORBIDDEN", (string?)query["errors"]![0]!["type"]);
    }

    [Fact]
    public async Task Without_the_scope_private_repositories_are_not_there()
    {
        using var user = await world.Get("user", "ghp_noscope");
        using var hidden = await world.Get("repos/acme/shop-web", "ghp_noscope");
        var listed = await world.Json("user/repos", "ghp_noscope");

        var node = await world.Query("query ($id: ID!) { node(id: $id) { id } }", new { id = world.World.FindRepository("acme", "shop-web")!.PullRequests[0].NodeId }, "ghp_noscope");

        Assert.Equal("NOT_FOUND", (string?)node["errors"]![0]!["type"]);
        Assert.Equal("", user.Headers.GetValues("X-OAuth-Scopes").Single());
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(world.World.Repositories.Count(repository => !repository.IsPrivate), listed.AsArray().Count);
    }

    [Fact]
    public async Task An_exhausted_token_is_told_when_to_come_back()
    {
        using var answer = await world.Get("user", "ghp_limited");
        var query = await world.Query(Organization, token: "ghp_limited");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("0", answer.Headers.GetValues("x-ratelimit-remaining").Single());
        Assert.True(long.Parse(answer.Headers.GetValues("x-ratelimit-reset").Single(), System.Globalization.CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        Assert.Equal("RATE_LIMITED", (string?)query["errors"]![0]!["type"]);
    }

    [Fact]
    public async Task Scopes_are_told_for_classic_tokens_only()
    {
        using var classic = await world.Get("user", "ghp_good");
        using var fineGrained = await world.Get("user", "github_pat_good");

        Assert.Contains("repo", classic.Headers.GetValues("X-OAuth-Scopes").Single(), StringComparison.Ordinal);
        Assert.False(fineGrained.Headers.Contains("X-OAuth-Scopes"));
    }
}
