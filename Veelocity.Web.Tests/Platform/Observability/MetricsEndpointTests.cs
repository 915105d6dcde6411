using System.Net;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Platform.Observability;

public sealed class MetricsEndpointTests
{
    private const string Token = "a token of the operator";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_token_it_is_answered_on_the_machine_itself_and_to_nobody_that_a_proxy_stands_for()
    {
        await using var app = await StartAsync();
        var (status, text) = await AskAsync(app);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("veelocity_queue_length", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(app, ("X-Forwarded-For", "203.0.113.7"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(app, ("Forwarded", "for=203.0.113.7"))).Status);
    }

    [Fact]
    public async Task With_a_token_it_is_answered_to_whoever_has_it()
    {
        await using var app = await StartAsync(Token);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(app)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(app, ("Authorization", "Bearer another"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(app, ("Authorization", $"Bearer {Token}"), ("X-Forwarded-For", "203.0.113.7"))).Status);
    }

    [Fact]
    public async Task It_counts_requests_by_route_and_not_by_address()
    {
        await using var app = await StartAsync();
        using var owner = (await app.SomeoneAsync()).Api;
        var (_, text) = await AskAsync(app);
        Assert.Contains("http_route=\"/api/v1/auth/login\"", text, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count{", text, StringComparison.Ordinal);
        Assert.Contains("db_client_connection_count{", text, StringComparison.Ordinal);
    }

    private static async Task<TestApp> StartAsync(string? token = null)
    {
        var app = new TestApp();
        if (token is not null) app.Settings["Veelocity:Observability:MetricsToken"] = token;
        await app.InitializeAsync();
        return app;
    }

    // The queues are counted a moment after the start.
    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(TestApp app, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient { BaseAddress = app.Address };
        foreach (var (name, value) in headers) client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        (HttpStatusCode Status, string Text) seen = (default, "");
        await Wait.UntilAsync(
            async () =>
            {
                using var answer = await client.GetAsync(new Uri("metrics", UriKind.Relative), Now);
                seen = (answer.StatusCode, await answer.Content.ReadAsStringAsync(Now));
                return seen.Status != HttpStatusCode.OK || seen.Text.Contains("veelocity_queue_length", StringComparison.Ordinal);
            },
            () => seen.Text);
        return seen;
    }
}
