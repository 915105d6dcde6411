using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Tests.Metrics.Flow;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

public sealed class FlowTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_life_of_a_change_and_of_its_deployment_are_told()
    {
        var (ada, data) = await FoundAsync();
        var pull = data.Pull(createdAgo: 95, readyAgo: 95, mergedAgo: 55, title: "Totals");
        var deployment = data.Deploy(50);
        data.Brings(deployment, 50, pull, coding: 5, pickup: 15, review: 20, merge: 5, deploy: 5);
        await SaveAsync(data);

        var change = await ada.Api.GetFromJsonAsync<JsonElement>($"changes/{pull}", Now);
        Assert.Equal(("Totals", "counted", "review"), (
            change.GetProperty("change").GetProperty("title").GetString(), change.GetProperty("standing").GetString(), change.GetProperty("longest").GetString()));
        Assert.Equal(["opened", "merged", "deployed"], change.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("kind").GetString()));
        Assert.Equal(deployment, change.GetProperty("releases")[0].GetProperty("deployment_id").GetGuid());

        var release = await ada.Api.GetFromJsonAsync<JsonElement>($"deployments/{deployment}", Now);
        Assert.Equal((1, pull), (release.GetProperty("change_count").GetInt32(), release.GetProperty("changes")[0].GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task What_is_at_risk_is_listed_as_JSON_and_as_CSV()
    {
        var (ada, data) = await FoundAsync();
        data.Usually(20, hoursInStage: 10);
        var late = data.Pull(createdAgo: 72, readyAgo: 72);
        await SaveAsync(data);

        var item = (await ada.Api.GetFromJsonAsync<JsonElement>("metrics/at-risk", Now)).GetProperty("items")[0];
        Assert.Equal((late, "pickup", 36_000, true), (
            item.GetProperty("pull_request_id").GetGuid(), item.GetProperty("stage").GetString(), item.GetProperty("usual_seconds").GetInt32(),
            item.GetProperty("is_at_risk").GetBoolean()));
        Assert.False(item.TryGetProperty("stage_word", out _));
        using var unknown = await ada.Api.GetAsync(new Uri($"metrics/at-risk?repo_id={Guid.NewGuid()}", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);

        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri("metrics/at-risk", UriKind.Relative)) { Headers = { { "Accept", "text/csv" } } };
        using var csv = await ada.Api.SendAsync(asked, Now);
        Assert.StartsWith("repository,number,title,author,stage,since", await csv.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_organization_s_changes_and_deployments_do_not_exist()
    {
        var (_, data) = await FoundAsync();
        var (pull, deployment) = (data.Pull(createdAgo: 95), data.Deploy(50));
        await SaveAsync(data);
        var (eve, _) = await FoundAsync();
        foreach (var path in new[] { $"changes/{pull}", $"deployments/{deployment}", "changes/nonsense" })
        {
            using var answer = await eve.Api.GetAsync(new Uri(path, UriKind.Relative), Now);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_description_shows_an_example_and_the_errors_of_each()
    {
        using var visitor = app.Api();
        var paths = (await visitor.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Now)).GetProperty("paths");
        foreach (var path in new[] { "/api/v1/changes/{id}", "/api/v1/deployments/{id}", "/api/v1/metrics/at-risk" })
        {
            var responses = paths.GetProperty(path).GetProperty("get").GetProperty("responses");
            Assert.True(responses.GetProperty("200").GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _), path);
            Assert.True(responses.TryGetProperty("404", out _) && responses.TryGetProperty("401", out _), path);
        }
    }

    private async Task<(Someone Member, FlowData Data)> FoundAsync()
    {
        var someone = await app.SomeoneAsync();
        return (someone, new FlowData((await someone.FoundAsync("Acme")).GetProperty("id").GetGuid()));
    }

    private async Task SaveAsync(FlowData data)
    {
        await using var db = app.Database.Open();
        await data.SaveAsync(db);
    }
}
