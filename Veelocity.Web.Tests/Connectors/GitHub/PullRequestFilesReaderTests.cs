using System.Collections.Concurrent;
using System.Text.Json;
using Veelocity.Web.Connectors;
using Veelocity.Web.Connectors.GitHub;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Tests.Connectors.GitHub;

public sealed class PullRequestFilesReaderTests
{
    private static readonly RepositoryPlace Shop = new("900", "acme/shop");

    [Fact]
    public async Task Files_are_read_page_by_page_with_a_cursor_of_their_own()
    {
        var asked = new ConcurrentQueue<string>();
        await using var github = await StubServer.StartAsync(async (http, _) =>
        {
            using var question = await JsonDocument.ParseAsync(http.Request.Body);
            var variables = question.RootElement.GetProperty("variables");
            var after = variables.TryGetProperty("after", out var given) ? given.GetString() : null;
            var operation = question.RootElement.GetProperty("operationName").GetString();
            asked.Enqueue($"{operation} {after}".Trim());
            await StubServer.WriteAsync(http, 200, (operation, after) switch
            {
                ("MoreFiles", "f1") => """{"data":{"node":{"id":"PR3","files":{"totalCount":3,"pageInfo":{"hasNextPage":false},"nodes":[{"path":"c.cs"}]}}}}""",
                (_, null) => Page("p1", Pull(3, "2026-03-03", """{"totalCount":3,"pageInfo":{"hasNextPage":true,"endCursor":"f1"},"nodes":[{"path":"a.cs"},{"path":"b.cs"}]}""")),
                _ => Page(null, Pull(2, "2026-03-02", """{"totalCount":1,"pageInfo":{"hasNextPage":false},"nodes":[{"path":"apps/web/a.ts"}]}"""), Pull(1, "2026-03-01", "null")),
            });
        });

        var batches = await ReadAsync(github, null);

        Assert.Equal(["PullRequestFiles", "MoreFiles f1", "PullRequestFiles p1"], asked);
        Assert.Equal(
            ["3: a.cs b.cs c.cs", "2: apps/web/a.ts", "1: "],
            batches.SelectMany(b => b.Facts).Cast<PullRequestPathsFact>().Select(f => $"{f.Number}: {string.Join(' ', f.Paths)}"));
        Assert.All(batches, b => Assert.Equal(("900", PullRequestFilesReader.Resource), (b.Cursor!.Scope, b.Cursor.Resource)));

        // Taken up again after the first page, and nothing new after the last.
        asked.Clear();
        await ReadAsync(github, batches[0].Cursor!.Value);
        Assert.Equal(["PullRequestFiles p1"], asked);
        var pulse = new RepositoryPulse(3, DateTimeOffset.Parse("2026-03-03T00:00:00Z", null), null, null, 0, "");
        Assert.False(PullRequestFilesReader.HasNews(batches[^1].Cursor!.Value, pulse));
        Assert.True(PullRequestFilesReader.HasNews(batches[^1].Cursor!.Value, pulse with { PullRequestUpdatedAt = DateTimeOffset.MaxValue }));
        Assert.True(PullRequestFilesReader.HasNews(null, pulse));
    }

    private static string Page(string? next, params string[] pulls)
    {
        var pageInfo = next is null ? """{"hasNextPage":false}""" : $$"""{"hasNextPage":true,"endCursor":"{{next}}"}""";
        return $$"""{"data":{"repository":{"pullRequests":{"pageInfo":{{pageInfo}},"nodes":[{{string.Join(',', pulls)}}]} } } }""";
    }

    private static string Pull(int number, string updated, string files) =>
        $$"""{"id":"PR{{number}}","number":{{number}},"updatedAt":"{{updated}}T00:00:00Z","files":{{files}} }""";

    private static async Task<List<FactBatch>> ReadAsync(StubServer github, string? cursor)
    {
        using var http = new HttpClient();
        var meter = new RequestMeter();
        var session = new GitHubSession(
            null!, new GraphQlClient(http, github.Address, new("Bearer", "ghp_good"), meter, GitHubRefusals.Explain, TimeProvider.System), meter, TimeProvider.System);
        var batches = new List<FactBatch>();
        await foreach (var batch in new PullRequestFilesReader(session, new FetchProgress(meter)).ReadAsync(Shop, cursor, TestContext.Current.CancellationToken)) batches.Add(batch);
        return batches;
    }
}
