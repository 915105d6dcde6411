using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api;

/// <summary>What is wrong with a body is said field by field, with what was expected.</summary>
public sealed class BodiesTests(TestApp app) : IAsyncLifetime
{
    private Someone ada = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        ada = await app.SomeoneAsync();
        await ada.FoundAsync("Acme");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("incidents", """{"title": "Down", "started_at": "yesterday"}""", "started_at", "Use a time such as 2026-11-01T09:30:00Z.")]
    [InlineData("incidents", """{"title": "Down", "severity": "huge"}""", "severity", "Use one of critical, high, medium, low.")]
    [InlineData("incidents", """{"title": 7}""", "title", "Use text, without control characters.")]
    [InlineData("incidents", """{"title": "Down", "service_id": "acme"}""", "service_id", "Use an id (a UUID).")]
    [InlineData("incidents", """{"title": "\ud800"}""", "title", "Use text, without control characters.")]
    [InlineData("incidents", """{"title": "\u0000", "started_at": "2026-11-01T09:30:00Z"}""", "title", "Use text, without control characters.")]
    [InlineData("incidents", """{"titel": "Down"}""", "titel", "Unknown field.")]
    [InlineData("sync/trigger", """{"full": "yes"}""", "full", "Use true or false.")]
    [InlineData("connectors/slack/configure", """{"channel_patterns": [null]}""", "channel_patterns[0]", "Leave it out")]
    [InlineData("connectors/slack/configure", """{"severity_patterns": [null]}""", "severity_patterns[0]", "Leave it out")]
    [InlineData("connectors/slack/configure", """{"alert_rules": [null]}""", "alert_rules[0]", "Leave it out")]
    [InlineData("connectors/slack/configure", """{"environments": {"incidents": null}}""", "environments.incidents", "Leave it out")]
    [InlineData("connectors/slack/configure", """{"services": {"incidents": "x"}}""", "services.incidents", "Use an id (a UUID).")]
    [InlineData("connectors/slack/configure", """{"start_keywords": "down"}""", "start_keywords", "Use a list.")]
    [InlineData("connectors/github/connect", """{"token": "ghp_x", "repositories": [null]}""", "repositories[0]", "Leave it out")]
    public async Task A_bad_value_names_its_field_and_what_was_expected(string path, string body, string field, string expected)
    {
        var (status, problem) = await PostAsync(path, body);
        Assert.True(status == HttpStatusCode.UnprocessableEntity, $"{status} {problem}");
        Assert.StartsWith(expected, (string?)problem["errors"]?[field]?[0] ?? problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    public async Task A_body_that_is_no_JSON_object_is_a_400(string body)
    {
        var (status, problem) = await PostAsync("incidents", body);
        Assert.Equal((HttpStatusCode.BadRequest, "bad_request"), (status, (string?)problem["code"]));
    }

    private async Task<(HttpStatusCode, JsonNode)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await ada.Api.PostAsync(new Uri(path, UriKind.Relative), content, Now);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>(Now))!);
    }
}
