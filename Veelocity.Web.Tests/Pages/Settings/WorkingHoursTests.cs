using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

/// <summary>When an organization works, in its settings (M7).</summary>
public sealed class WorkingHoursTests(TestApp app)
{
    private static readonly (string Field, string Value)[] Good =
    [
        ("Name", "Acme"), ("TimeZone", "UTC"), ("Hours.Days", "Saturday"), ("Hours.Days", "Sunday"), ("Hours.Days", "Monday"), ("Hours.From", "08:30"),
        ("Hours.To", "16:45"), ("Hours.Holidays", "2026-12-26, 2026-12-25\r\n2026-12-25"),
    ];

    [Fact]
    public async Task M7_good_hours_are_stored_and_shown_and_another_organization_keeps_its_own()
    {
        var (organization, other) = (await MeasuredOrganization.FoundAsync(app), await MeasuredOrganization.FoundAsync(app, "Other"));
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(organization, Good)).Status);

        var stored = await HoursAsync(organization);
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Saturday, DayOfWeek.Sunday], stored.Days);
        Assert.Equal((new TimeOnly(8, 30), new TimeOnly(16, 45)), (stored.From, stored.To));
        Assert.Equal([new DateOnly(2026, 12, 25), new DateOnly(2026, 12, 26)], stored.Holidays);
        Assert.Equal((5, Organization.DefaultWorksFrom, 0), await HoursAsync(other) is var kept ? (kept.Days.Count, kept.From, kept.Holidays.Count) : default);

        var page = (await organization.SeeAsync("/settings/organization")).Document;
        Assert.Equal(["Monday", "Saturday", "Sunday"], page.QuerySelectorAll("[name='Hours.Days'][checked]").Select(day => day.GetAttribute("value")));
        Assert.Equal(("08:30", "16:45"), (page.QuerySelector("#Hours_From")?.GetAttribute("value"), page.QuerySelector("#Hours_To")?.GetAttribute("value")));
        Assert.Equal("2026-12-25\n2026-12-26", page.QuerySelector("#Hours_Holidays")?.TextContent.Trim());
    }

    [Theory]
    [InlineData("Hours.Days", null, "at least one working day")]
    [InlineData("Hours.Days", "Someday", "Someday")]
    [InlineData("Hours.From", "", "Say when work begins")]
    [InlineData("Hours.To", "08:30", "end after it begins")]
    [InlineData("Hours.To", "07:00", "end after it begins")]
    [InlineData("Hours.Holidays", "2026-12-25 2026-02-30", "“2026-02-30” is not a day")]
    [InlineData("Hours.Holidays", "25.12.2026", "“25.12.2026” is not a day")]
    public async Task M7_hours_that_cannot_be_are_explained_at_their_field_and_nothing_is_saved(string field, string? value, string expected)
    {
        var organization = await MeasuredOrganization.FoundAsync(app);
        (string, string)[] fields = [.. Good.Where(good => good.Field != field), .. value is null ? Array.Empty<(string, string)>() : [(field, value)]];
        var page = await SaveAsync(organization, fields);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        var error = page.Document.QuerySelector($"#{field.Replace('.', '_')}-error");
        Assert.Contains(expected, error?.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"[aria-describedby~='{error!.Id}']")); // said to those who cannot see it
        var stored = await HoursAsync(organization);
        Assert.Equal((5, Organization.DefaultWorksFrom, Organization.DefaultWorksTo, 0), (stored.Days.Count, stored.From, stored.To, stored.Holidays.Count));
    }

    private static Task<Seen> SaveAsync(MeasuredOrganization organization, (string, string)[] fields) =>
        organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings/organization", fields);

    private async Task<WorkingHours> HoursAsync(MeasuredOrganization organization)
    {
        await using var db = app.Database.Open();
        return (await db.Organizations.SingleAsync(o => o.Slug == organization.Slug, TestContext.Current.CancellationToken)).WorkingHours;
    }
}
