using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Web.Tests.Simulator;

/// <summary>A simulator over real HTTP with a small world of its own, and a client to ask it.</summary>
public sealed class SimulatedGitHub : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly HttpClient _http = new();
    private readonly HttpClient _strict = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public GitHubSimulator GitHub { get; private set; } = null!;

    public World World => GitHub.World;

    /// <summary>Sends a body to one of the simulator's own addresses.</summary>
    public Task<HttpResponseMessage> Control(string path, object body) =>
        _http.PostAsJsonAsync(new Uri(GitHub.BaseUrl, "control/" + path), body, TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync() =>
        GitHub = await GitHubSimulator.StartAsync(SeededWorld.Create(new SeedOptions { Now = Now, PullRequests = 420 }));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _strict.Dispose();
        await GitHub.DisposeAsync();
    }

    public Task<JsonObject> Query(string query, object? variables = null, string token = "ghp_good") => Query(_http, GitHub, query, variables, token);

    public Task<HttpResponseMessage> Get(string path, string token = "ghp_good", string? ifNoneMatch = null) => Get(_http, GitHub, path, token, ifNoneMatch);

    /// <summary>A query whose status matters.</summary>
    public async Task<HttpResponseMessage> Post(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(GitHub.BaseUrl, "graphql")) { Content = JsonContent.Create(new { query }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "ghp_good");
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetControl(string path) => _http.GetAsync(new Uri(GitHub.BaseUrl, "control/" + path), TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> GetWithoutFollowing(string path) => Get(_strict, GitHub, path, "ghp_good");

    public async Task<JsonNode> Json(string path, string token = "ghp_good")
    {
        using var answer = await Get(path, token);
        Assert.True(answer.IsSuccessStatusCode, $"{path} gave {answer.StatusCode}");
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
    }

    public static async Task<JsonObject> Query(HttpClient http, GitHubSimulator github, string query, object? variables, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(github.BaseUrl, "graphql")) { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }

    public static async Task<HttpResponseMessage> Get(HttpClient http, GitHubSimulator github, string path, string token, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(github.BaseUrl, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
