using System.Net;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Shared;

public sealed class PagerTests(TestApp app)
{
    [Fact]
    public async Task A_page_past_the_end_of_a_list_says_where_the_list_ends()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        for (var day = 1; day <= 6; day++) organization.Change(organization.Deploy(day), day);
        await organization.WithSync(1).SaveAsync();
        foreach (var path in new[] { "/dora/deployments", "/dora/changes", "/why/lead-time", "/settings/sync-history", "/settings/audit-log" })
        {
            var page = await organization.SeeAsync($"{path}?page=7");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            var foot = page.Document.QuerySelectorAll(".table-foot").Last();
            Assert.True(foot.TextContent.Contains("The list ends at page 1.", StringComparison.Ordinal), $"{path}: {foot.TextContent}");
            var back = await organization.Browser.GetAsync(new Uri(new Uri($"http://app.invalid/o/{organization.Slug}{path}"), foot.QuerySelector("a.btn")!.GetAttribute("href")).PathAndQuery);
            Assert.DoesNotContain("The list ends", back.Text, StringComparison.Ordinal);
        }
    }
}
