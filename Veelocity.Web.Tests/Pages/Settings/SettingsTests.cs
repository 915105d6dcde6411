using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

public sealed class SettingsTests(TestApp app)
{
    [Fact]
    public async Task A_base_address_that_is_none_is_explained_at_its_field()
    {
        var organization = await MeasuredOrganization.FoundAsync(app);
        var page = await organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings", ("Form.Token", "ghp_x"), ("Form.BaseUrl", "github.example.com"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("whole address", page.Document.QuerySelector("#Form_BaseUrl-error")?.TextContent, StringComparison.Ordinal);
        Assert.True(page.Document.QuerySelector("details.disclose")?.HasAttribute("open"));
    }

    [Fact]
    public async Task The_token_is_never_sent_back()
    {
        var organization = await MeasuredOrganization.FoundAsync(app);
        var page = await organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings", ("Form.Token", "ghp_very_secret"), ("Form.Repositories", "not a name"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.DoesNotContain("ghp_very_secret", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disconnecting_asks_for_the_name()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        var path = $"/o/{organization.Slug}/settings";
        await organization.Browser.SubmitAsync(path, ("confirmation", "yes"));
        Assert.Contains("Disconnect GitHub", (await organization.SeeAsync("/settings")).Text, StringComparison.Ordinal);
        await organization.Browser.SubmitAsync(path, ("confirmation", "github"));
        Assert.DoesNotContain("Disconnect GitHub", (await organization.SeeAsync("/settings")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_that_ends_brings_the_rest_of_the_page_up_to_date_once()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        var ended = (await organization.SeeAsync("/settings?handler=Progress")).Document.QuerySelector("#sync-progress")!;
        Assert.Equal(($"/o/{organization.Slug}/settings", "load"), (ended.GetAttribute("hx-get"), ended.GetAttribute("hx-trigger")));

        var page = (await organization.SeeAsync("/settings")).Document;
        Assert.False(page.QuerySelector("#sync-progress")!.HasAttribute("hx-get"));
        foreach (var part in new[] { "#connector-list", "#connection-facts", "#live-updates", "#sync-age" })
        {
            Assert.Contains(part, ended.GetAttribute("hx-select-oob")!.Split(','));
            Assert.NotNull(page.QuerySelector(part));
        }
    }

    [Fact]
    public async Task The_organization_keeps_its_address_when_its_name_changes()
    {
        var organization = await MeasuredOrganization.FoundAsync(app);
        var answer = await organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings/organization",
            ("Name", "New name"), ("TimeZone", "Asia/Tokyo"), ("Hours.Days", "Monday"), ("Hours.From", "08:30"), ("Hours.To", "17:00"), ("Hours.Holidays", "2026-12-25\n2026-01-01"));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        await using var db = app.Database.Open();
        var stored = await db.Organizations.SingleAsync(o => o.Slug == organization.Slug, TestContext.Current.CancellationToken);
        Assert.Equal(("New name", "Asia/Tokyo"), (stored.Name, stored.TimeZone));
        Assert.Equal([DayOfWeek.Monday], stored.WorkingDays);
        Assert.Equal((new TimeOnly(8, 30), new TimeOnly(17, 0)), (stored.WorksFrom, stored.WorksTo));
        Assert.Equal([new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 25)], stored.Holidays);
    }

    [Theory]
    [InlineData("TimeZone", "Mars/Olympus", "Choose a time zone")]
    [InlineData("Hours.To", "08:00", "Work has to end after it begins")]
    [InlineData("Hours.Holidays", "25.12.2026", "is not a day")]
    public async Task Wrong_input_is_explained_and_nothing_saved(string field, string value, string expected)
    {
        var organization = await MeasuredOrganization.FoundAsync(app);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = "X", ["TimeZone"] = "UTC", ["Hours.Days"] = "Friday", ["Hours.From"] = "09:00", ["Hours.To"] = "18:00" };
        fields[field] = value;
        var page = await organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings/organization", [.. fields.Select(f => (f.Key, f.Value))]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(expected, page.Document.QuerySelector($"#{field.Replace('.', '_')}-error")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_names_its_source_and_why()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService(source: DeploymentSource.MergedPullRequests).SaveAsync();
        var row = (await organization.SeeAsync("/settings/services")).Document.QuerySelector("#services tbody tr")!;
        Assert.Contains("Merged pull requests", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Estimated", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("12 deployments in 90 days", row.TextContent, StringComparison.Ordinal);
    }
}
