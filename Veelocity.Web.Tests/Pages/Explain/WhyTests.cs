using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Pages.Settings;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Explain;

/// <summary>The page behind "Why this number" (M35), without scripts.</summary>
public sealed class WhyTests(TestApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("deployment-frequency")]
    [InlineData("lead-time")]
    [InlineData("lead-time?value=p90")]
    [InlineData("lead-time?value=coding")]
    [InlineData("lead-time?over=0&under=3600")]
    [InlineData("lead-time?show=left-out&reason=first-known-deployment")]
    [InlineData("change-failure-rate?show=sound")]
    [InlineData("recovery?value=median&severity=high")]
    [InlineData("failed-deployment-recovery?value=detect")]
    [InlineData("rework-rate?show=planned")]
    [InlineData("waiting?show=left-out")]
    [InlineData("lead-time?period=90d&bucket=2026-01-01&by=week")]
    public async Task M35_every_value_has_a_page_with_its_definition_formula_and_rows(string path)
    {
        var (organization, _) = await FoundAsync();
        var page = await organization.SeeAsync("/why/" + path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var panel = page.Document.QuerySelector("#why")!;
        Assert.NotEmpty(panel.QuerySelectorAll(".why-formula li"));
        Assert.Contains("n = ", panel.TextContent, StringComparison.Ordinal);
        Assert.True(panel.QuerySelectorAll("nav a").Length >= 2);
        var csv = await organization.SeeAsync($"/why/{path}{(path.Contains('?', StringComparison.Ordinal) ? "&" : "?")}format=csv");
        Assert.StartsWith("text/csv", csv.Response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task M35_the_cards_lead_to_their_explanation()
    {
        var (organization, _) = await FoundAsync();
        foreach (var path in new[] { "", "/dora" })
        {
            var page = await organization.SeeAsync(path);
            Assert.Equal(
                ["/why/deployment-frequency", "/why/lead-time", "/why/change-failure-rate", "/why/recovery"],
                page.Document.QuerySelectorAll(".kpi .why-hint a").Select(link => link.GetAttribute("href")!.Replace($"/o/{organization.Slug}", "", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task M35_a_row_left_out_with_a_reason_changes_the_value_and_comes_back()
    {
        var (organization, id) = await FoundAsync();
        var path = $"/o/{organization.Slug}/why/lead-time";
        var before = await organization.SeeAsync("/why/lead-time");
        var count = before.Document.QuerySelectorAll(".why-rows > li").Length;
        Assert.True(count > 0);

        var missing = await organization.Browser.SubmitAsync(path, ("why", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.Status);
        Assert.Contains("Say why", missing.Document.QuerySelector(".why-form .invalid-feedback")?.TextContent, StringComparison.Ordinal);

        var sent = await organization.Browser.SubmitAsync(path, ("why", "it was a drill"));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        var after = await organization.Browser.FollowAsync(sent);
        Assert.Contains("Left out. The value is made anew.", after.Text, StringComparison.Ordinal);
        Assert.Equal(count - 1, after.Document.QuerySelectorAll(".why-rows > li").Length);
        Assert.Contains($"n = {count - 1} ", after.Text, StringComparison.Ordinal);

        var leftOut = await organization.SeeAsync("/why/lead-time?show=left-out&reason=by-person");
        Assert.Contains("by Ada Lovelace", leftOut.Document.QuerySelector(".why-decision")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("it was a drill", leftOut.Document.QuerySelector(".why-decision")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("it was a drill", (await organization.SeeAsync("/settings/decisions")).Text, StringComparison.Ordinal);

        var decision = leftOut.Document.QuerySelector(".why-decision [name=decision]")!.GetAttribute("value")!;
        await organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings/decisions", ("decision", decision));
        Assert.Contains($"n = {count} ", (await organization.SeeAsync("/why/lead-time")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("it was a drill", (await organization.SeeAsync("/settings/decisions")).Text, StringComparison.Ordinal);
        Assert.Contains("it was a drill", (await organization.SeeAsync("/settings/decisions?show=taken-back")).Text, StringComparison.Ordinal);
        await using var db = app.Database.Open();
        db.OrganizationId = id;
        Assert.NotNull((await db.MetricDecisions.SingleAsync(Stop)).TakenBackAt);
    }

    [Fact]
    public async Task A_viewer_sees_why_and_decides_nothing()
    {
        var (organization, id) = await FoundAsync();
        var row = (await organization.SeeAsync("/why/lead-time")).Document.QuerySelector(".why-form [name=row]")!.GetAttribute("value")!;
        await using (var db = app.Database.Open())
            await db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(m => m.OrganizationId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Viewer), Stop);
        var page = await organization.SeeAsync("/why/lead-time");
        Assert.Null(page.Document.QuerySelector(".why-form"));
        var token = (await organization.SeeAsync("/settings/rules")).Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await organization.Browser.PostAsync($"/o/{organization.Slug}/why/lead-time",
            [new("__RequestVerificationToken", token), new("subject", "PullRequest"), new("row", row), new("verdict", "Exclude"), new("why", "no")]);
        await using var look = app.Database.Open();
        look.OrganizationId = id;
        Assert.Equal(0, await look.MetricDecisions.CountAsync(Stop));
    }

    [Theory]
    [InlineData("/why/nothing")]
    [InlineData("/why/lead-time?repo=else/where")]
    public async Task What_is_not_there_is_not_found(string path) => Assert.Equal(HttpStatusCode.NotFound, (await (await FoundAsync()).Organization.SeeAsync(path)).Status);

    [Fact]
    public async Task M36_the_data_quality_of_each_service_is_shown_with_what_mends_it()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService(source: DeploymentSource.MergedPullRequests);
        var deployment = organization.Deploy(2);
        organization.Change(deployment, 2);
        await organization.SaveAsync();
        var page = await organization.SeeAsync("/dora/data-quality");
        Assert.Contains("Merges are taken for deployments", page.Document.QuerySelector(".quality-findings")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("/settings/services/", page.Document.QuerySelector(".quality-findings a")!.GetAttribute("href"), StringComparison.Ordinal);
        var card = (await organization.SeeAsync("")).Document.QuerySelector("#kpi-deployment-frequency .kpi-poor")!;
        Assert.Contains("Estimated: merges are taken for deployments.", card.TextContent, StringComparison.Ordinal);
        Assert.EndsWith("/dora/data-quality", card.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dora", "combined-chart")]
    [InlineData("/dora/deployment-frequency", "frequency-chart")]
    [InlineData("/dora/lead-time", "lead-time-chart")]
    [InlineData("/dora/lead-time", "lead-time-histogram")]
    [InlineData("/dora/lead-time", "stages")]
    [InlineData("/dora/change-failure-rate", "failure-rate-chart")]
    [InlineData("/dora/change-failure-rate", "rework")]
    [InlineData("/dora/recovery", "recovery-chart")]
    [InlineData("/dora/data-quality", "data-quality")]
    public async Task M35_a_chart_is_downloaded_as_it_is_shown(string path, string id)
    {
        var (organization, _) = await FoundAsync();
        var file = await organization.SeeAsync($"{path}?csv={id}");
        Assert.StartsWith("text/csv", file.Response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("of,measure,value,unit,shown,partial", file.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M25_the_overview_shows_the_quick_check_with_its_source()
    {
        var (organization, _) = await FoundAsync();
        var card = (await organization.SeeAsync("/dora")).Document.QuerySelector("#quick-check")!;
        Assert.Contains("DORA Quick Check, 2025", card.TextContent, StringComparison.Ordinal);
        Assert.Equal(5, card.QuerySelectorAll("tbody tr").Length);
    }

    private async Task<(MeasuredOrganization Organization, Guid Id)> FoundAsync()
    {
        var organization = await MeasuredOrganization.FoundAsync(app);
        await using var db = app.Database.Open();
        var id = (await db.Organizations.SingleAsync(o => o.Slug == organization.Slug, Stop)).Id;
        DeliveringRepository.Add(db, id);
        await db.SaveChangesAsync(Stop);
        await app.Services.GetRequiredService<Linker>().LinkAsync(id, null, Stop);
        return (organization, id);
    }
}
