using AngleSharp.Dom;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Dora;

public sealed class ProvisionalTests(TestApp app)
{
    [Fact]
    public async Task M21_a_whole_day_whose_releases_can_still_fail_is_provisional_and_not_partial()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        foreach (var day in new[] { 1, 3, 12 }) organization.Deploy(day);
        await organization.SaveAsync();
        foreach (var path in new[] { "/dora/change-failure-rate?by=day", "/dora?by=day" })
        {
            var page = await organization.SeeAsync(path);
            var card = page.Document.QuerySelector("#failure-rate-chart, #combined-chart")!;
            if (path.StartsWith("/dora/", StringComparison.Ordinal)) Assert.Equal(2, Labels(card, "(provisional)"));
            Assert.Equal(1, Labels(card, "(partial")); // today
            Assert.Contains("can still fail", card.QuerySelector(".legend")?.TextContent, StringComparison.Ordinal);
        }
        var rows = (await organization.SeeAsync("/dora/change-failure-rate?by=day&csv=failure-rate-chart")).Html.Split('\n');
        Assert.StartsWith("of,measure,value,unit,shown,partial,provisional", rows[0], StringComparison.Ordinal);
        Assert.Equal(4, rows.Count(row => row.TrimEnd().EndsWith("False,True", StringComparison.OrdinalIgnoreCase)));
    }

    private static int Labels(IElement card, string mark) =>
        card.QuerySelectorAll(".as-table tbody th").Count(label => label.TextContent.Contains(mark, StringComparison.Ordinal));
}
