using System.Net;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Onboarding;

public sealed class NewOrganizationTests(TestApp app)
{
    [Fact]
    public async Task Its_name_is_required_and_its_time_zone_must_exist()
    {
        using var browser = app.Browser();
        await browser.SignInAsync(await app.SomeoneAsync());
        var answer = await browser.SubmitAsync("/organizations/new", ("Name", " "), ("TimeZone", "Mars/Olympus"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("Enter a name.", answer.Document.QuerySelector("#Name-error")!.TextContent.Trim());
        Assert.Contains("Europe/Paris", answer.Document.QuerySelector("#TimeZone-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_scripts_universal_time_is_chosen_and_every_continent_is_offered()
    {
        using var browser = app.Browser();
        await browser.SignInAsync(await app.SomeoneAsync());
        var page = await browser.GetAsync("/organizations/new");
        Assert.Equal("UTC", page.Document.QuerySelector("select option[selected]")!.GetAttribute("value"));
        Assert.Equal("Buenos Aires", page.Document.QuerySelector("optgroup[label=America] option[value='America/Argentina/Buenos_Aires']")!.TextContent.Split('/')[^1]);
        Assert.NotNull(page.Document.QuerySelector("optgroup[label=Europe] option[value='Europe/Paris']"));
    }

    [Fact]
    public async Task A_browsers_older_name_of_a_zone_is_accepted()
    {
        using var browser = app.Browser();
        await browser.SignInAsync(await app.SomeoneAsync());
        Assert.StartsWith("/o/", (await browser.SubmitAsync("/organizations/new", ("Name", "Old names"), ("TimeZone", "Asia/Calcutta"))).Location, StringComparison.Ordinal);
    }
}
