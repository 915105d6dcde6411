using AngleSharp.Dom;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Shared;

/// <summary>The clock that is chosen in the view (M7).</summary>
public sealed class ClockTests(TestApp app)
{
    [Fact]
    public async Task M7_the_chosen_clock_stays_in_every_link_and_form_of_the_page_and_can_be_left()
    {
        var organization = await MeasuredAsync();
        var page = (await organization.SeeAsync("/dora/lead-time?clock=working&period=90d")).Document;
        Assert.Equal("true", page.QuerySelector("#clock-working")?.GetAttribute("aria-current"));
        Assert.False(page.QuerySelector("#clock-calendar")?.HasAttribute("aria-current"));
        Assert.Equal($"/o/{organization.Slug}/dora/lead-time?period=90d", page.QuerySelector("#clock-calendar")?.GetAttribute("href"));

        string[] links =
        [
            .. Hrefs(page, "#period-7d"), .. Hrefs(page, "#period-30d"), .. Hrefs(page, "#by-day"), .. Hrefs(page, "#by-month"),
            .. Hrefs(page, ".sidebar a[href*='/dora']"), .. Hrefs(page, "a[href*='/dora/recovery']"), .. Hrefs(page, "a[href*='/dora/deployment-frequency']"),
        ];
        Assert.True(links.Length >= 7, string.Join('\n', links));
        Assert.All(links, link => Assert.Contains("clock=working", link, StringComparison.Ordinal));
        var forms = page.QuerySelectorAll("#filters form");
        Assert.Equal(2, forms.Length);
        Assert.All(forms, form => Assert.Equal("working", form.QuerySelector("input[type=hidden][name=clock]")?.GetAttribute("value")));
    }

    [Fact]
    public async Task M7_by_the_working_clock_the_card_shows_working_hours_and_no_band()
    {
        var organization = await MeasuredAsync();
        var calendar = (await organization.SeeAsync("")).Document.QuerySelector("#kpi-lead-time")!;
        Assert.NotNull(calendar.QuerySelector(".pill"));
        Assert.Equal("7.0 d", calendar.QuerySelector(".kpi-number")?.TextContent);
        var working = (await organization.SeeAsync("?clock=working")).Document.QuerySelector("#kpi-lead-time")!;
        Assert.Null(working.QuerySelector(".pill"));
        Assert.NotEqual("7.0 d", working.QuerySelector(".kpi-number")?.TextContent);
        Assert.Contains("clock=working", working.QuerySelector(".kpi-link")?.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task M7_a_clock_that_does_not_exist_is_calendar_time()
    {
        var organization = await MeasuredAsync();
        var page = (await organization.SeeAsync("/dora/recovery?clock=lunch")).Document;
        Assert.Equal("true", page.QuerySelector("#clock-calendar")?.GetAttribute("aria-current"));
        Assert.DoesNotContain("clock=", page.QuerySelector("#period-7d")?.GetAttribute("href"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Hrefs(IDocument page, string selector) => page.QuerySelectorAll(selector).Select(link => link.GetAttribute("href")!);

    private async Task<MeasuredOrganization> MeasuredAsync()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        for (var i = 1; i <= 6; i++) organization.Change(organization.Deploy(i), i, leadHours: 168);
        return await organization.SaveAsync();
    }
}
