using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Pages;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

public sealed class DoraMetricsTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_data_frequency_is_zero_and_lead_time_is_null()
    {
        var (api, _) = await MeasuredAsync(_ => { });
        var dora = await api.GetFromJsonAsync<JsonElement>("metrics/dora", Now);

        var frequency = dora.GetProperty("deployment_frequency");
        Assert.Equal(
            ("deployment_frequency", "deployments", 0, 0, JsonValueKind.Null),
            (frequency.GetProperty("metric").GetString(), frequency.GetProperty("unit").GetString(), frequency.GetProperty("total").GetInt32(),
                frequency.GetProperty("per_day").GetDouble(), frequency.GetProperty("band").ValueKind));
        var leadTime = dora.GetProperty("lead_time_for_changes");
        Assert.Equal(("lead_time_for_changes", "seconds", 0), (leadTime.GetProperty("metric").GetString(), leadTime.GetProperty("unit").GetString(), leadTime.GetProperty("count").GetInt32()));
        foreach (var field in new[] { "median", "mean", "p50", "p75", "p90", "p95", "band" })
            Assert.Equal(JsonValueKind.Null, leadTime.GetProperty(field).ValueKind);
        Assert.Equal("Europe/Paris", leadTime.GetProperty("time_zone").GetString());
        var days = leadTime.GetProperty("end_date").GetDateTime() - leadTime.GetProperty("start_date").GetDateTime();
        Assert.Equal(29, days.Days);
    }

    [Fact]
    public async Task Lead_time_answers_percentiles_groups_stages_and_what_is_not_in_it()
    {
        var (api, _) = await MeasuredAsync(organization =>
        {
            for (var i = 1; i <= 5; i++) organization.Change(organization.Deploy(i), i, leadHours: 10 * i);
            organization.Change(organization.Deploy(6), 6, leftOut: LeftOut.Bot);
            organization.Change(null, 3);
        });
        var answer = await api.GetFromJsonAsync<JsonElement>("metrics/dora/lead-time?group_by=day", Now);

        Assert.Equal((5, 30 * 3600.0, 30 * 3600.0, "high"), (answer.GetProperty("count").GetInt32(), answer.GetProperty("median").GetDouble(), answer.GetProperty("mean").GetDouble(), answer.GetProperty("band").GetString()));
        var groups = answer.GetProperty("groups").EnumerateArray().ToList();
        Assert.Equal(30, groups.Count);
        Assert.Equal(5, groups.Sum(group => group.GetProperty("count").GetInt32()));
        Assert.Equal(JsonValueKind.Null, groups[0].GetProperty("median").ValueKind);
        Assert.True(groups[^1].GetProperty("partial").GetBoolean());
        Assert.Equal(5, answer.GetProperty("distribution").EnumerateArray().Sum(slice => slice.GetProperty("count").GetInt32()));
        Assert.Equal(29 * 3600.0, answer.GetProperty("stages").GetProperty("coding").GetDouble());
        var leftOut = Assert.Single(answer.GetProperty("left_out").EnumerateArray());
        Assert.Equal(("bot", 1), (leftOut.GetProperty("reason").GetString(), leftOut.GetProperty("count").GetInt32()));
        Assert.Equal(1, answer.GetProperty("waiting").GetProperty("count").GetInt32());
        Assert.EndsWith("Z", answer.GetProperty("waiting").GetProperty("oldest_merged_at").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("previous").GetProperty("median").ValueKind);
    }

    [Fact]
    public async Task Frequency_groups_come_as_CSV_to_whoever_accepts_it()
    {
        var (api, _) = await MeasuredAsync(organization =>
        {
            organization.Deploy(1);
            organization.Deploy(2, fails: true);
        });
        api.DefaultRequestHeaders.Accept.ParseAdd("text/csv");
        using var answer = await api.GetAsync(new Uri("metrics/dora/deployment-frequency?group_by=repo", UriKind.Relative), Now);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(Now)).TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("key,label,start,count,failed,partial", lines[0]);
        Assert.EndsWith(",acme/shop,,1,1,false", Assert.Single(lines.Skip(1)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Items_are_what_was_counted_page_by_page()
    {
        var (api, _) = await MeasuredAsync(organization =>
        {
            for (var i = 1; i <= 3; i++) organization.Change(organization.Deploy(i, $"Release {i}"), i, title: $"Change {i}");
            organization.Deploy(4, "Broken", fails: true);
            organization.Change(null, 5, title: "Not yet out");
        });
        var releases = await api.GetFromJsonAsync<JsonElement>("metrics/dora/deployment-frequency/items?per_page=2", Now);
        Assert.Equal((3, 2), (releases.GetProperty("total").GetInt32(), releases.GetProperty("per_page").GetInt32()));
        Assert.Equal(["Release 1", "Release 2"], releases.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()));
        var others = await api.GetFromJsonAsync<JsonElement>("metrics/dora/deployment-frequency/items?selection=others", Now);
        Assert.Equal(0, others.GetProperty("total").GetInt64());
        var last = await api.GetFromJsonAsync<JsonElement>("metrics/dora/deployment-frequency/items?per_page=2&page=2", Now);
        Assert.StartsWith("https://github.example/", Assert.Single(last.GetProperty("items").EnumerateArray()).GetProperty("url").GetString(), StringComparison.Ordinal);

        var changes = await api.GetFromJsonAsync<JsonElement>("metrics/dora/lead-time/items", Now);
        Assert.Equal(["Change 1", "Change 2", "Change 3"], changes.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()));
        var waiting = await api.GetFromJsonAsync<JsonElement>("metrics/dora/lead-time/items?selection=waiting", Now);
        Assert.Equal("Not yet out", Assert.Single(waiting.GetProperty("items").EnumerateArray()).GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("start_date=2026-03-02&end_date=2026-03-01", "end_date")]
    [InlineData("start_date=2010-01-01&end_date=2026-03-01", "start_date")]
    [InlineData("start_date=1066-10-14&end_date=1066-10-15", "start_date")]
    [InlineData("group_by=year", "group_by")]
    public async Task A_question_that_makes_no_sense_is_a_422_that_names_the_field(string query, string field)
    {
        var (api, _) = await MeasuredAsync(_ => { });
        foreach (var path in new[] { "metrics/dora", "metrics/dora/lead-time", "metrics/dora/deployment-frequency", "metrics/dora/lead-time/items" })
        {
            using var answer = await api.GetAsync(new Uri($"{path}?{query}", UriKind.Relative), Now);
            var problem = await AuthTests.AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "invalid");
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
        }
    }

    [Fact]
    public async Task Another_organization_s_repository_is_as_unknown_as_any()
    {
        var (_, theirs) = await MeasuredAsync(organization => organization.Change(organization.Deploy(1), 1));
        var (api, own) = await MeasuredAsync(organization => organization.Change(organization.Deploy(1), 1));
        var dora = await api.GetFromJsonAsync<JsonElement>($"metrics/dora?repo_id={own.RepositoryId}", Now);
        Assert.Equal(1, dora.GetProperty("deployment_frequency").GetProperty("total").GetInt32());
        Assert.Equal(1, dora.GetProperty("lead_time_for_changes").GetProperty("count").GetInt32());
        foreach (var repository in new[] { theirs.RepositoryId, Guid.NewGuid() })
        {
            using var answer = await api.GetAsync(new Uri($"metrics/dora?repo_id={repository}", UriKind.Relative), Now);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_stranger_and_a_visitor_get_nothing()
    {
        var (_, theirs) = await MeasuredAsync(organization => organization.Deploy(1));
        var eve = await app.SomeoneAsync();
        await eve.FoundAsync("Own");
        eve.Api.DefaultRequestHeaders.Add("X-Organization", theirs.Slug);
        using var foreign = await eve.Api.GetAsync(new Uri("metrics/dora", UriKind.Relative), Now);
        await AuthTests.AssertProblemAsync(foreign, HttpStatusCode.NotFound, "not_found");
        using var visitor = app.Api();
        using var anonymous = await visitor.GetAsync(new Uri("metrics/dora", UriKind.Relative), Now);
        await AuthTests.AssertProblemAsync(anonymous, HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private async Task<(HttpClient Api, MeasuredOrganization Organization)> MeasuredAsync(Action<MeasuredOrganization> measure)
    {
        var someone = await app.SomeoneAsync();
        var founded = await someone.FoundAsync("Acme");
        var organization = new MeasuredOrganization(app, founded.GetProperty("id").GetGuid(), founded.GetProperty("slug").GetString()!).WithService();
        measure(organization);
        await organization.SaveAsync();
        return (someone.Api, organization);
    }
}
