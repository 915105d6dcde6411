using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Veelocity.Simulator.Histories;
using Veelocity.Simulator.Webhooks;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Web.Tests.Simulator.Webhooks;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "It's a Secret to Everybody";
    private readonly SimulatedGitHub _github = new();
    private Receiver _receiver = null!;

    private HookRegistry Hooks => _github.GitHub.Hooks;

    public async ValueTask InitializeAsync()
    {
        await _github.InitializeAsync();
        _receiver = await Receiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _github.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_hook_is_greeted_with_a_ping_and_told_of_what_it_asked_for()
    {
        using var registered = await _github.Control("hooks", new { url = _receiver.Address, secret = Secret, events = new[] { "pull_request" } });
        var hook = (await registered.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        using var change = await _github.Control("changes", new { kind = "open_pull_request", repository = "acme/shop-web" });
        await Hooks.Settle();

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (registered.StatusCode, change.StatusCode));
        Assert.Equal(["ping", "pull_request"], _receiver.Got.Select(got => got.Event));
        Assert.All(_receiver.Got, got =>
        {
            Assert.True(got.IsSignedWith(Secret));
            Assert.True(Guid.TryParse(got.Delivery, out _));
            Assert.StartsWith("GitHub-Hookshot/", got.Agent, StringComparison.Ordinal);
            Assert.Equal((hook["id"]!.ToString(), "organization", "application/json"), (got.HookId, got.Target, got.ContentType));
        });
        var payload = JsonNode.Parse(_receiver.Got.Last().Text)!;
        Assert.Equal(("opened", "acme/shop-web"), ((string?)payload["action"], (string?)payload["repository"]!["full_name"]));
        Assert.Equal(_github.World.FindRepository("acme", "shop-web")!.PullRequests[^1].Number, (int)payload["number"]!);
    }

    [Fact]
    public async Task A_hook_of_one_repository_hears_of_that_one_only()
    {
        Hooks.Add(new Hook(_receiver.Address, Secret) { Repository = "acme/ui-kit" });
        Change("push_to_default_branch", "acme/shop-web");
        Change("push_to_default_branch", "acme/ui-kit");
        await Hooks.Settle();

        Assert.Equal(["ping", "push", "workflow_run"], _receiver.Got.Select(got => got.Event));
        Assert.All(_receiver.Got, got => Assert.Equal("repository", got.Target));
        Assert.All(_receiver.Got, got => Assert.Contains("acme/ui-kit", got.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deliveries_come_twice_overtake_each_other_and_are_signed_wrongly_as_told()
    {
        Hooks.Add(new Hook(_receiver.Address, Secret) { Events = ["pull_request_review"], Copies = 2, ShuffleMilliseconds = 400, HasWrongSignature = true });
        for (var review = 0; review < 8; review++)
            Change("review_pull_request", null);
        await Hooks.Settle();

        var sent = Hooks.Deliveries.All.Select(delivery => delivery.Guid.ToString()).ToList();
        var got = _receiver.Got.Select(one => one.Delivery).ToList();
        Assert.Equal(18, got.Count);
        Assert.Equal(sent.Order(StringComparer.Ordinal), got.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.NotEqual(sent, got.Distinct(StringComparer.Ordinal));
        Assert.DoesNotContain(_receiver.Got, one => one.IsSignedWith(Secret));
    }

    [Fact]
    public async Task The_signature_of_a_form_covers_the_form()
    {
        Hooks.Add(new Hook(_receiver.Address, Secret) { ContentType = HookContent.Form });
        await Hooks.Settle();

        var got = Assert.Single(_receiver.Got);
        Assert.Equal("application/x-www-form-urlencoded", got.ContentType);
        Assert.True(got.IsSignedWith(Secret));
        Assert.StartsWith("payload=%7B%22zen%22", got.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_is_listed_and_is_delivered_again_under_the_same_id()
    {
        _receiver.Status = 500;
        Hooks.Add(new Hook(_receiver.Address, Secret) { Events = ["release"] });
        Change("publish_release", "acme/ui-kit");
        await Hooks.Settle();
        var failed = Hooks.Deliveries.All.First(delivery => delivery.Action == "published");
        _receiver.Status = 202;

        using var again = await _github.Control($"deliveries/{failed.Id}/attempts", new { });
        using var unknown = await _github.Control("deliveries/1/attempts", new { });
        using var list = await _github.GetControl("deliveries");

        Assert.Equal((500, 1), (failed.Status, failed.Attempts));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (again.StatusCode, unknown.StatusCode));
        Assert.Equal(2, _receiver.Got.Count(got => got.Delivery == failed.Guid.ToString()));
        var row = (await list.Content.ReadFromJsonAsync<JsonArray>(TestContext.Current.CancellationToken))!.Single(one => (long)one!["id"]! == failed.Id)!;
        Assert.Equal((202, 2), ((int)row["status"]!, (int)row["attempts"]!));
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_stops_nothing()
    {
        Hooks.Add(new Hook(new Uri("http://127.0.0.1:9/"), Secret));
        Change("push_to_default_branch", "acme/ui-kit");
        await Hooks.Settle();

        Assert.All(Hooks.Deliveries.All, delivery => Assert.True(delivery is { Status: 0, Attempts: 1, Error: not null }));
    }

    [Fact]
    public void Inactive_statuses_are_told_to_nobody()
    {
        Hooks.Add(new Hook(_receiver.Address, Secret) { Events = ["deployment_status"], IsSilent = true });
        RandomHistory.Apply(_github.World, "complete_deployment", new ChangeTarget { Repository = "acme/shop-web", Outcome = "success" }, _github.World.Now.AddHours(1));

        var told = Hooks.Deliveries.All.Where(delivery => delivery.Event == "deployment_status");
        Assert.Equal("success", (string?)JsonNode.Parse(Assert.Single(told).Body)!["deployment_status"]!["state"]);
    }

    [Fact]
    public void Every_payload_of_a_long_history_has_the_shape_that_GitHub_publishes()
    {
        Hooks.Add(new Hook(_receiver.Address, Secret) { IsSilent = true });
        var history = new RandomHistory(_github.World, 5, RandomHistory.Kinds.Where(kind => kind != "delete_account"));
        for (var step = 1; step <= 700; step++)
            history.Step(SimulatedGitHub.Now.AddMinutes(7 * step));

        using var published = PublishedDescription.OfWebhooks();
        var deliveries = Hooks.Deliveries.All;
        var problems = deliveries.SelectMany(delivery => published.ProblemsOf(delivery.Event, delivery.Action, JsonNode.Parse(delivery.Body)!.AsObject()));

        // GitHub sends it with all three actions; its description forgets it in one.
        Assert.Empty(problems.Distinct(StringComparer.Ordinal).Except(["workflow-run-in-progress: $.workflow_run.display_title does not exist"], StringComparer.Ordinal));
        Assert.Superset(
            new HashSet<string>(["ping", "pull_request", "pull_request_review", "push", "workflow_run", "deployment", "deployment_status", "release", "repository"], StringComparer.Ordinal),
            deliveries.Select(delivery => delivery.Event).ToHashSet(StringComparer.Ordinal));
    }

    private void Change(string kind, string? repository) =>
        Assert.NotNull(RandomHistory.Apply(_github.World, kind, new ChangeTarget { Repository = repository }, _github.World.Now.AddMinutes(1)));
}
