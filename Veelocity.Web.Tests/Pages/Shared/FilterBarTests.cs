using System.Net;
using AngleSharp.Html.Dom;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Shared;

public sealed class FilterBarTests(TestApp app)
{
    [Theory]
    [InlineData("?period=7d", "2 deployments")]
    [InlineData("", "3 deployments")]
    [InlineData("?period=90d", "4 deployments")]
    [InlineData("?period=nonsense", "3 deployments")]
    public async Task The_period_in_the_address_decides_what_is_counted(string query, string expected)
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        foreach (var daysAgo in new[] { 1.2, 3, 20, 60 }) organization.Deploy(daysAgo);
        await organization.SaveAsync();
        var page = await organization.SeeAsync(query);
        Assert.Equal(expected, page.Document.QuerySelector("#kpi-deployment-frequency .kpi-n")?.TextContent);
    }

    [Fact]
    public async Task A_custom_period_includes_its_last_day()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        organization.Deploy(10);
        await organization.SaveAsync();
        var day = TimeZoneInfo.ConvertTime(MeasuredOrganization.Now.AddDays(-10), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).ToString("yyyy-MM-dd", null);
        var page = await organization.SeeAsync($"?from={day}&to={day}");
        Assert.Equal("1 deployment", page.Document.QuerySelector("#kpi-deployment-frequency .kpi-n")?.TextContent);
        Assert.Contains($"from={day}&to={day}", page.Document.QuerySelector("#kpi-deployment-frequency .kpi-link")?.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?from=2026-02-03&to=2026-02-01", "before the first")]
    [InlineData("?from=2026-02-03", "needs a first and a last day")]
    [InlineData("?from=2000-01-01&to=2026-01-01", "three years at most")]
    [InlineData("?from=0001-01-01&to=yesterday", "needs a first and a last day")]
    public async Task Dates_that_make_no_period_are_explained_and_thirty_days_shown(string query, string expected)
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        var page = await organization.SeeAsync(query);
        Assert.Contains(expected, page.Document.QuerySelector("#filters [role=alert]")?.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("#period-30d[aria-current]"));
    }

    [Fact]
    public async Task The_repository_narrows_every_number_and_stays_chosen_across_pages()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService("acme/shop");
        organization.Deploy(1);
        await organization.SaveAsync();
        var page = await organization.SeeAsync("?repo=acme%2Fshop&period=90d");
        Assert.Equal("acme/shop", (page.Document.QuerySelector("#repo") as IHtmlSelectElement)?.Value);
        Assert.Equal($"/o/{organization.Slug}/dora?period=90d&repo=acme%2Fshop", page.Document.QuerySelector(".sidebar li:nth-child(2) a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task A_repository_of_another_organization_is_not_found()
    {
        await (await MeasuredOrganization.FoundAsync(app, "Other")).WithService("other/secret").SaveAsync();
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await organization.SeeAsync("?repo=other%2Fsecret")).Status);
    }
}
