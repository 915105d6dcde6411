using System.Text.Json;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Dora;

public sealed class DeploymentsTests(TestApp app)
{
    [Fact]
    public async Task The_list_holds_what_the_number_counts_and_shows_the_rest_when_asked()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        organization.Deploy(1, "Good one");
        organization.Deploy(2, "Bad one", fails: true);
        organization.Deploy(3, "Back again", isRollback: true);
        await organization.SaveAsync();

        var counted = await organization.SeeAsync("/dora/deployments");
        Assert.Equal(2, counted.Document.QuerySelectorAll("#deployments tbody tr").Length);
        Assert.DoesNotContain("Bad one", counted.Text, StringComparison.Ordinal);

        var all = await organization.SeeAsync("/dora/deployments?show=all");
        Assert.Equal(3, all.Document.QuerySelectorAll("#deployments tbody tr").Length);
        Assert.Contains("Failed", all.Document.QuerySelector("#deployments tbody tr:nth-child(2)")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Rollback", all.Document.QuerySelector("#deployments tbody tr:nth-child(3)")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_to_a_page_and_the_count_of_all()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        for (var i = 0; i < 53; i++) organization.Deploy(1 + i / 100.0);
        await organization.SaveAsync();
        var first = await organization.SeeAsync("/dora/deployments");
        Assert.Equal(50, first.Document.QuerySelectorAll("#deployments tbody tr").Length);
        Assert.Contains("1 – 50 of 53 deployments", first.Text, StringComparison.Ordinal);
        var second = await organization.SeeAsync("/dora/deployments?page=2");
        Assert.Equal(3, second.Document.QuerySelectorAll("#deployments tbody tr").Length);
    }

    [Fact]
    public async Task The_file_holds_every_row_and_no_formula()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        organization.Deploy(1, "=HYPERLINK(\"http://evil\")");
        for (var i = 0; i < 59; i++) organization.Deploy(2 + i / 100.0);
        await organization.SaveAsync();
        var file = await organization.SeeAsync("/dora/deployments?format=csv");
        Assert.Equal("text/csv", file.Response.Content.Headers.ContentType?.MediaType);
        var lines = file.Html.TrimEnd().Split("\r\n");
        Assert.Equal(61, lines.Length);
        Assert.StartsWith("finished_at,repository,service,environment,title,commit,outcome,is_release,is_rollback,changes,failed_by,failure_reasons,rework,left_out,url", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=HYPERLINK", file.Html, StringComparison.Ordinal);
        Assert.Contains("'=HYPERLINK", file.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chart_carries_the_same_numbers_and_each_bar_leads_to_its_rows()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        foreach (var daysAgo in new[] { 1.1, 1.2, 3 }) organization.Deploy(daysAgo);
        await organization.SaveAsync();
        var page = await organization.SeeAsync("/dora/deployment-frequency?period=7d");
        using var chart = JsonDocument.Parse(page.Document.QuerySelector("#frequency-chart script")!.TextContent);
        var values = chart.RootElement.GetProperty("series")[0].GetProperty("values").EnumerateArray().Select(v => v.GetDouble()).ToList();
        Assert.Equal(7, values.Count);
        Assert.Equal(3, values.Sum());
        var fullest = page.Document.QuerySelectorAll("#frequency-chart .as-table tbody tr")[values.IndexOf(values.Max())].QuerySelector("td a")!.GetAttribute("href")!;
        var rows = await organization.Browser.GetAsync(fullest);
        Assert.Equal((int)values.Max(), rows.Document.QuerySelectorAll("#why .why-line").Length);
        Assert.True(chart.RootElement.GetProperty("partial")[6].GetBoolean());
    }
}
