using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Tests.Pages;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

public sealed class DevelopmentMetricsTests(TestApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Review_time_answers_two_blocks_of_percentiles_with_the_period_before()
    {
        var api = (await WorkingOrganization.FoundAsync(app)).Admin.Api;
        var answer = await api.GetFromJsonAsync<JsonElement>("metrics/development/pr-review-time?group_by=day", Stop);

        Assert.Equal(("pr_review_time", "seconds", "Europe/Paris"), (Text(answer, "metric"), Text(answer, "unit"), Text(answer, "time_zone")));
        var (first, merge) = (answer.GetProperty("time_to_first_review"), answer.GetProperty("time_to_merge"));
        Assert.Equal((6, 7200.0, 7200.0, 7200.0), (first.GetProperty("count").GetInt32(), first.GetProperty("median").GetDouble(), first.GetProperty("mean").GetDouble(), first.GetProperty("p95").GetDouble()));
        Assert.Equal(21_600, merge.GetProperty("p50").GetDouble());
        Assert.Equal((0, JsonValueKind.Null), (first.GetProperty("previous").GetProperty("count").GetInt32(), first.GetProperty("previous").GetProperty("change").ValueKind));
        Assert.Equal((0.0, 6), (answer.GetProperty("merged_without_review").GetProperty("value").GetDouble(), answer.GetProperty("merged_without_review").GetProperty("total").GetInt32()));
        Assert.Equal(30, answer.GetProperty("groups").GetArrayLength());
        Assert.Equal(6, answer.GetProperty("groups").EnumerateArray().Sum(group => group.GetProperty("first_review_count").GetInt32()));
        Assert.Equal(6, answer.GetProperty("distribution").EnumerateArray().Sum(slice => slice.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task M3_without_data_every_value_is_null()
    {
        var someone = await app.SomeoneAsync();
        await someone.FoundAsync("Empty");
        var review = await someone.Api.GetFromJsonAsync<JsonElement>("metrics/development/pr-review-time", Stop);
        foreach (var field in new[] { "median", "mean", "p50", "p75", "p90", "p95" }) Assert.Equal(JsonValueKind.Null, review.GetProperty("time_to_first_review").GetProperty(field).ValueKind);
        var throughput = await someone.Api.GetFromJsonAsync<JsonElement>("metrics/development/throughput", Stop);
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null),
            (throughput.GetProperty("pull_requests_merged").ValueKind, throughput.GetProperty("issues_completed").ValueKind, throughput.GetProperty("abandon_rate").ValueKind));
        var cycle = await someone.Api.GetFromJsonAsync<JsonElement>("metrics/development/cycle-time", Stop);
        Assert.Equal(JsonValueKind.Null, cycle.GetProperty("created_to_merged").GetProperty("median").ValueKind);
    }

    [Fact]
    public async Task Groups_are_of_time_repository_team_or_developer_in_JSON_and_CSV()
    {
        var api = (await WorkingOrganization.FoundAsync(app)).Admin.Api;
        foreach (var (by, labels) in new[] { ("repo", new[] { "acme/shop" }), ("team", ["Web", "Unassigned"]), ("developer", ["Ada Lovelace", "Bob Ross"]) })
        {
            foreach (var metric in new[] { "pr-review-time", "cycle-time", "throughput" })
            {
                var answer = await api.GetFromJsonAsync<JsonElement>($"metrics/development/{metric}?group_by={by}", Stop);
                Assert.Equal(labels, answer.GetProperty("groups").EnumerateArray().Select(group => Text(group, "label")));
            }
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("metrics/development/throughput?group_by=developer", UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/csv");
        using var csv = await api.SendAsync(request, Stop);
        var lines = (await csv.Content.ReadAsStringAsync(Stop)).TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("key,label,start,pull_requests_merged,issues_completed,reverts,abandoned,partial", lines[0]);
        Assert.EndsWith(",Ada Lovelace,,4,4,0,0,false", lines[1], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Items_are_what_was_counted_and_narrow_to_a_team_a_developer_and_a_repository()
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        var api = organization.Admin.Api;
        foreach (var (path, total) in new[]
        {
            ("pr-review-time/items", 6), ("pr-review-time/items?of=merge", 6), ("pr-review-time/items?of=without_review", 0), ("cycle-time/items", 6), ("cycle-time/items?of=worked", 6),
            ("cycle-time/items?of=linked", 6), ("throughput/items", 6), ("throughput/items?of=issues", 6), ("throughput/items?of=reverts", 0), ("throughput/items?selection=left_out", 0),
            ($"throughput/items?developer_id={organization.Bob}", 2), ($"throughput/items?team_id={organization.Team}", 6),
        })
        {
            var page = await api.GetFromJsonAsync<JsonElement>("metrics/development/" + path, Stop);
            Assert.Equal((path, total), (path, page.GetProperty("total").GetInt32()));
        }
        var first = (await api.GetFromJsonAsync<JsonElement>("metrics/development/pr-review-time/items?per_page=1", Stop)).GetProperty("items")[0];
        Assert.Equal(("Change of ada 1", 7200.0, "ada"), (Text(first, "title"), first.GetProperty("seconds").GetDouble(), Text(first, "author")));
    }

    [Theory]
    [InlineData("group_by=author", "group_by")]
    [InlineData("authors=robots", "authors")]
    [InlineData("clock=sun", "clock")]
    [InlineData("start_date=2026-03-02&end_date=2026-03-01", "end_date")]
    public async Task A_question_that_makes_no_sense_is_a_422_that_names_the_field(string query, string field)
    {
        var someone = await app.SomeoneAsync();
        await someone.FoundAsync("Acme");
        foreach (var path in new[] { "pr-review-time", "cycle-time", "throughput", "throughput/items" })
        {
            using var answer = await someone.Api.GetAsync(new Uri($"metrics/development/{path}?{query}", UriKind.Relative), Stop);
            var problem = await AuthTests.AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "invalid");
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
        }
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
