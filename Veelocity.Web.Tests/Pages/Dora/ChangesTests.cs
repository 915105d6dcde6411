using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Dora;

public sealed class ChangesTests(TestApp app)
{
    [Fact]
    public async Task Included_left_out_and_waiting_are_three_lists_with_their_counts()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        var deployment = organization.Deploy(2);
        organization.Change(deployment, 2, title: "Counts");
        organization.Change(deployment, 2, title: "Bump", leftOut: LeftOut.Bot);
        organization.Change(null, 1, title: "Waits");
        await organization.SaveAsync();

        var included = await organization.SeeAsync("/dora/changes");
        Assert.Equal(["In the lead time 1", "Left out 1", "Waiting 1"],
            included.Document.QuerySelectorAll("#changes .segments a").Select(link => string.Join(' ', link.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))));
        Assert.Contains("Counts", included.Document.QuerySelector("#changes tbody")?.TextContent, StringComparison.Ordinal);

        var leftOut = await organization.SeeAsync("/dora/changes?show=left-out");
        Assert.Contains("written by a bot", leftOut.Document.QuerySelector("#changes tbody")?.TextContent, StringComparison.Ordinal);

        var waiting = await organization.SeeAsync("/dora/changes?show=waiting");
        Assert.Contains("Waits", waiting.Document.QuerySelector("#changes tbody")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_slowest_come_first_when_asked()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        var deployment = organization.Deploy(2);
        organization.Change(deployment, 2, leadHours: 5, title: "Quick");
        organization.Change(deployment, 2, leadHours: 300, title: "Slow");
        await organization.SaveAsync();
        var page = await organization.SeeAsync("/dora/changes?sort=slowest");
        Assert.Contains("Slow", page.Document.QuerySelector("#changes tbody tr")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_with_markup_stays_text()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        organization.Change(organization.Deploy(2), 2, title: "<script>alert(1)</script>");
        await organization.SaveAsync();
        var page = await organization.SeeAsync("/dora/changes");
        Assert.Contains("<script>alert(1)</script>", page.Document.QuerySelector("#changes tbody .name-line")?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lead_time_page_shows_percentiles_stages_and_what_is_left_out()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        var deployment = organization.Deploy(2);
        foreach (var hours in new[] { 2, 4, 6, 8, 100 }) organization.Change(deployment, 2, hours);
        organization.Change(deployment, 2, leftOut: LeftOut.Revert);
        await organization.SaveAsync();
        var page = await organization.SeeAsync("/dora/lead-time");
        Assert.Equal(["6.0 h", "8.0 h", "2.6 d", "3.4 d", "1.0 d", "5"], page.Document.QuerySelectorAll(".facts dd").Select(value => value.TextContent));
        Assert.Contains("Most of the time goes into coding", page.Text, StringComparison.Ordinal);
        Assert.Contains("1: a revert", page.Text, StringComparison.Ordinal);
    }
}
