using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Api.V1;

public sealed class IncidentsTests(GitHubApp github) : IClassFixture<GitHubApp>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_is_entered_listed_resolved_and_measured()
    {
        var (ada, _) = await github.MemberAsync(Role.Manager);
        var started = DateTimeOffset.UtcNow.AddHours(-5);
        using var entered = await ada.Api.PostAsJsonAsync("incidents", new { title = " Checkout is down ", severity = "critical", started_at = started }, Now);
        Assert.Equal(HttpStatusCode.Created, entered.StatusCode);
        var incident = await entered.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.Equal("Checkout is down", incident.GetProperty("title").GetString());
        var id = incident.GetProperty("id").GetGuid();

        Assert.Equal(1, await TotalAsync(ada, "incidents?status=open&severity=critical"));
        Assert.Equal(0, await TotalAsync(ada, "incidents?status=resolved"));
        using var resolved = await ada.Api.PostAsJsonAsync($"incidents/{id}/resolve", new { resolved_at = started.AddHours(2) }, Now);
        Assert.Equal(7200, (await resolved.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("seconds").GetDouble(), 0.001);

        var recovery = await ada.Api.GetFromJsonAsync<JsonElement>("metrics/dora/mttr", Now);
        Assert.Equal((1, 7200), (recovery.GetProperty("count").GetInt32(), Math.Round(recovery.GetProperty("mean").GetDouble())));
        Assert.Equal("critical", recovery.GetProperty("by_severity")[0].GetProperty("severity").GetString());
        var all = await ada.Api.GetFromJsonAsync<JsonElement>("metrics/dora", Now);
        Assert.Equal(1, all.GetProperty("mttr").GetProperty("count").GetInt32());
        Assert.Equal(JsonValueKind.Null, all.GetProperty("change_failure_rate").GetProperty("value").ValueKind);
    }

    [Fact]
    public async Task Another_organization_s_incidents_services_and_deployments_do_not_exist()
    {
        var (ada, _) = await github.MemberAsync();
        var (eve, _) = await github.MemberAsync();
        using var entered = await ada.Api.PostAsJsonAsync("incidents", new { title = "Down", started_at = DateTimeOffset.UtcNow.AddHours(-1) }, Now);
        var id = (await entered.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("id").GetGuid();

        Assert.Equal(0, await TotalAsync(eve, "incidents"));
        using var seen = await eve.Api.GetAsync(new Uri($"incidents/{id}", UriKind.Relative), Now);
        using var resolved = await eve.Api.PostAsJsonAsync($"incidents/{id}/resolve", new { }, Now);
        using var linked = await ada.Api.PostAsJsonAsync($"incidents/{id}/link", new { deployment_id = Guid.NewGuid() }, Now);
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (seen.StatusCode, resolved.StatusCode, linked.StatusCode));
        using var ofStranger = await eve.Api.PostAsJsonAsync(
            "incidents", new { title = "Down", started_at = DateTimeOffset.UtcNow, service_id = Guid.NewGuid() }, Now);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ofStranger.StatusCode);
    }

    [Fact]
    public async Task A_viewer_sees_incidents_and_changes_none()
    {
        var (viewer, _) = await github.MemberAsync(Role.Viewer);
        using var entered = await viewer.Api.PostAsJsonAsync("incidents", new { title = "Down", started_at = DateTimeOffset.UtcNow }, Now);
        using var listed = await viewer.Api.GetAsync(new Uri("incidents", UriKind.Relative), Now);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (entered.StatusCode, listed.StatusCode));
    }

    [Theory]
    [InlineData("title", "", -1, null)]
    [InlineData("started_at", "Down", 5, null)]
    [InlineData("resolved_at", "Down", -1, -2.0)]
    public async Task What_cannot_be_is_refused_at_its_field(string field, string title, double startsInHours, double? endsInHours)
    {
        var (ada, _) = await github.MemberAsync();
        var now = DateTimeOffset.UtcNow;
        using var answer = await ada.Api.PostAsJsonAsync(
            "incidents", new { title, started_at = now.AddHours(startsInHours), resolved_at = endsInHours is { } hours ? now.AddHours(hours) : (DateTimeOffset?)null }, Now);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("errors").TryGetProperty(field, out _));
    }

    private static async Task<int> TotalAsync(Veelocity.Web.Tests.Web.Someone member, string path) =>
        (await member.Api.GetFromJsonAsync<JsonElement>(path, Now)).GetProperty("total").GetInt32();
}
