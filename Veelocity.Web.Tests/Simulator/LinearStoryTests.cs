using System.Text.Json;
using Veelocity.Simulator;
using Veelocity.Simulator.Linear;
using Veelocity.Simulator.Seeding;

namespace Veelocity.Web.Tests.Simulator;

/// <summary>The planning that is made up behind a seeded world's pull requests.</summary>
public sealed class LinearStoryTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_requests_name_issues_that_exist_and_the_planning_holds_every_oddity()
    {
        var world = SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 400 });
        await using var github = await GitHubSimulator.StartAsync(world, cancel: Now);
        var linear = github.Linear;
        var pulls = world.Repositories.SelectMany(r => r.PullRequests).ToList();
        var named = pulls.Where(p => p.HeadRef.Contains("eng-", StringComparison.Ordinal) || p.HeadRef.Contains("/ENG-", StringComparison.Ordinal)).ToList();
        Assert.True(named.Count > 50);
        Assert.All(named, pull => Assert.NotNull(linear.Find(System.Text.RegularExpressions.Regex.Match(pull.HeadRef, "(?i)eng-[0-9]+").Value.ToUpperInvariant())));
        Assert.Contains(linear.Issues, i => i.Attachments.Count > 1);
        Assert.Contains(pulls, p => p.Body?.Contains(" too.", StringComparison.Ordinal) == true);
        Assert.Contains(linear.Issues, i => i.PreviousIdentifiers.Count > 0);
        Assert.Contains(linear.Issues, i => i.Spans.Count(s => s.State.Type == "completed") > 1);
        foreach (var type in new[] { "canceled", "duplicate", "triage", "backlog", "started", "completed", "unstarted" }) Assert.Contains(linear.Issues, i => i.State.Type == type);
        Assert.Contains(linear.Issues, i => i.State.Type == "completed" && i.Spans.TrueForAll(s => s.State.Type != "started"));
        Assert.Contains(linear.Issues, i => i.Estimate is null);
        Assert.Contains(linear.Issues, i => i.ArchivedAt is not null);
        Assert.Contains(linear.Users, u => u.IsApp);
        Assert.Contains(linear.Users, u => u.IsGuest);
        Assert.Contains(linear.Users, u => u.GitHubUserId is not null);
        Assert.Equal(linear.Issues.Count, linear.Issues.Select(i => i.Identifier).Distinct(StringComparer.Ordinal).Count());
        Assert.All(linear.Issues, issue => Assert.All(issue.Spans.Zip(issue.Spans.Skip(1)), pair => Assert.Equal(pair.First.EndedAt, pair.Second.StartedAt)));
        Assert.All(linear.Issues, issue => Assert.True(issue.UpdatedAt <= world.Now, issue.Identifier));

        var cycle = linear.Cycles.First(c => c.CompletedAt is not null && c.Issues.Count == 14 && c.Issues[^1] > 0);
        Assert.Equal(linear.Issues.Count(i => i.Cycle == cycle), (int)cycle.Issues[^1]);
        Assert.Equal(linear.Issues.Count(i => i.Cycle == cycle && i.CompletedAt < cycle.EndsAt), (int)cycle.CompletedIssues[^1]);
    }

    [Fact]
    public async Task A_world_in_which_nothing_happened_has_a_Linear_too()
    {
        await using var github = await GitHubSimulator.StartAsync(new Veelocity.Simulator.Worlds.World(DateTimeOffset.UtcNow), cancel: Now);
        Assert.NotEmpty(github.Linear.Issues);
    }

    [Fact]
    public async Task The_price_and_the_size_of_a_page_are_limited_as_at_Linear()
    {
        await using var github = await GitHubSimulator.StartAsync(new Veelocity.Simulator.Worlds.World(DateTimeOffset.UtcNow), cancel: Now, linear: new LinearWorkspace());
        Assert.Contains("too complex", await AskAsync("query { issues(first: 50) { nodes { id labels { nodes { id name } } attachments { nodes { id url title } } stateHistory { nodes { id endedAt state { id } } } more: stateHistory { nodes { id startedAt } } } } }"), StringComparison.Ordinal);
        Assert.Contains("greater than 250", await AskAsync("query { issues(first: 251) { nodes { id } } }"), StringComparison.Ordinal);
        Assert.Contains("Bearer prefix", await AskAsync("query { viewer { id } }", "Bearer lin_api_good"), StringComparison.Ordinal);

        async Task<string> AskAsync(string query, string key = "lin_api_good")
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(github.LinearBaseUrl, "graphql")) { Content = new StringContent(JsonSerializer.Serialize(new { query }), System.Text.Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("Authorization", key);
            using var answer = await http.SendAsync(request, Now);
            return await answer.Content.ReadAsStringAsync(Now);
        }
    }
}
