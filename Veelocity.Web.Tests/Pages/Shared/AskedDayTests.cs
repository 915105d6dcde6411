using System.Net;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Shared;

public sealed class AskedDayTests(TestApp app)
{
    [Theory]
    [InlineData("/settings/sync-history")]
    [InlineData("/settings/audit-log")]
    [InlineData("")]
    public async Task The_ends_of_the_calendar_are_no_days_that_can_be_asked_for(string page)
    {
        using var browser = app.Browser();
        var someone = await app.SomeoneAsync();
        var slug = (await someone.FoundAsync("Acme")).GetProperty("slug").GetString();
        await browser.SignInAsync(someone);
        foreach (var (from, to) in new[] { ("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31"), ("2026-02-30", "2026-03-01") })
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/o/{slug}{page}?from={from}&to={to}")).Status);
    }
}
