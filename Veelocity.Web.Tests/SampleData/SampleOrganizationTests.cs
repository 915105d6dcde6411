using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.SampleData;

public sealed class SampleOrganizationTests(TestApp app)
{
    [Fact]
    public async Task It_fills_every_metric_and_is_marked_on_its_pages()
    {
        using var browser = app.Browser();
        var someone = await app.SomeoneAsync();
        await browser.SignInAsync(someone);
        var address = await MakeAsync(browser);
        Assert.Contains("made up", (await browser.GetAsync(address)).Document.QuerySelector("#sample-note")!.TextContent, StringComparison.Ordinal);

        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        async Task<JsonElement> AskAsync(string metric) => await someone.Api.GetFromJsonAsync<JsonElement>(
            $"/api/v1/metrics/dora/{metric}?group_by=week&start_date={today.AddDays(-180):yyyy-MM-dd}&end_date={today:yyyy-MM-dd}", TestContext.Current.CancellationToken);
        var (frequency, lead, failures, recovery) = (await AskAsync("deployment-frequency"), await AskAsync("lead-time"),
            await AskAsync("change-failure-rate"), await AskAsync("mttr"));
        Assert.True(frequency.GetProperty("total").GetInt32() > 200, frequency.ToString());
        Assert.True(lead.GetProperty("count").GetInt32() > 200, lead.ToString());
        Assert.InRange(failures.GetProperty("value").GetDouble(), 0.03, 0.2);
        Assert.True(recovery.GetProperty("count").GetInt32() >= 5, recovery.ToString());
        // The bad week stands out, and so does the rollback in it.
        Assert.True(failures.GetProperty("groups").EnumerateArray().Max(group => group.GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : 0) > 0.25, failures.ToString());
        Assert.True((await AskAsync("rework-rate")).GetProperty("value").GetDouble() > 0);
    }

    [Fact]
    public async Task Every_page_shows_something_of_it()
    {
        using var browser = app.Browser();
        await browser.SignInAsync(await app.SomeoneAsync());
        var address = await MakeAsync(browser);
        foreach (var (page, shown) in new[]
                 {
                     ("", "#kpi-recovery .kpi-number:not(.is-muted)"), ("/team", "#members tbody tr"), ("/builds", "#flaky tbody tr"), ("/incidents", "main tbody tr"), ("/planning", "main tbody tr"),
                     ("/planning/projects", "main tbody tr"), ("/at-risk", "main tbody tr"), ("/development/cycle-time", "main tbody tr"), ("/dora/changes", "main tbody tr"),
                 })
        {
            var answer = await browser.GetAsync($"{address}{page}?period=90d");
            Assert.True(answer.Document.QuerySelector(shown) is not null, $"{page} has no {shown}");
        }
        // Whose accounts are whose is known: nobody stands twice among the people.
        var names = (await browser.GetAsync($"{address}/team?period=90d")).Document.QuerySelectorAll("#members tbody td.name").Select(name => name.TextContent.Trim()).ToList();
        Assert.Equal(names.Distinct(StringComparer.Ordinal).Count(), names.Count);
    }

    [Fact]
    public async Task There_is_one_of_it_and_it_goes_at_one_click()
    {
        using var browser = app.Browser();
        await browser.SignInAsync(await app.SomeoneAsync());
        var address = await MakeAsync(browser);
        Assert.Equal(address, await MakeAsync(browser));
        Assert.Equal("/", (await browser.PressAsync(address, "#sample-note form")).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).Status);
    }

    [Fact]
    public async Task Nothing_can_be_connected_to_it()
    {
        using var browser = app.Browser();
        var someone = await app.SomeoneAsync();
        await browser.SignInAsync(someone);
        await MakeAsync(browser);
        using var refused = await someone.Api.PostAsJsonAsync("/api/v1/connectors/github/connect", new { token = "ghp_any" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("sample data", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organization_that_is_meant_is_not_removed_that_way()
    {
        using var browser = app.Browser();
        var someone = await app.SomeoneAsync();
        await browser.SignInAsync(someone);
        var address = $"/o/{(await someone.FoundAsync("Meant")).GetProperty("slug").GetString()}";
        var token = (await browser.GetAsync(address)).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync($"{address}/settings/sample", [new("__RequestVerificationToken", token)])).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(address)).Status);
    }

    private static async Task<string> MakeAsync(Browser browser) => (await browser.SubmitAsync("/organizations/sample")).Location!;
}
