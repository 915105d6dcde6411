using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Pages.Badges;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Tests.Pages.Settings;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Badges;

public sealed partial class BadgeTests(TestApp app)
{
    private static readonly string[] Metrics = ["deployment-frequency", "lead-time", "change-failure-rate", "recovery"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_off_until_an_admin_turns_them_on_and_say_so_in_the_audit_log()
    {
        var acme = await MeasuredAsync();
        Assert.Contains("Badges are off", (await acme.SeeAsync("/settings/organization/badges")).Text, StringComparison.Ordinal);
        using var visitor = Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/badges/{acme.Slug}/lead-time.svg", Stop)).StatusCode);

        var token = await TurnOnAsync(acme);
        foreach (var metric in Metrics) Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/badges/{token}/{metric}.svg", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/badges/{token}/people.svg", Stop)).StatusCode);
        await acme.Browser.PressAsync($"/o/{acme.Slug}/settings/organization/badges", "form[action$='handler=Off']");
        foreach (var metric in Metrics) Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/badges/{token}/{metric}.svg", Stop)).StatusCode);

        var log = (await acme.SeeAsync("/settings/audit-log")).Text;
        Assert.Contains("Turned on.", log, StringComparison.Ordinal);
        Assert.Contains("Turned off.", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_kills_the_one_before_and_neither_is_stored()
    {
        var acme = await MeasuredAsync();
        var before = await TurnOnAsync(acme);
        var after = await TurnOnAsync(acme);
        using var visitor = Visitor();
        using var dead = await visitor.GetAsync($"/badges/{before}/lead-time.svg", Stop);
        using var made = await visitor.GetAsync("/badges/made-up/lead-time.svg", Stop);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (dead.StatusCode, made.StatusCode));
        // Nobody learns by the answer that there was one.
        Assert.Equal(Told(made), Told(dead));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/badges/{after}/lead-time.svg", Stop)).StatusCode);

        await using var db = app.Database.Open();
        var rows = await db.Database.SqlQuery<string>($"SELECT b::text AS \"Value\" FROM badge_addresses b").ToListAsync(Stop);
        Assert.DoesNotContain(rows, row => row.Contains(before, StringComparison.Ordinal) || row.Contains(after, StringComparison.Ordinal));
        Assert.DoesNotContain(after, (await acme.SeeAsync("/settings/organization/badges")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_the_numbers_of_its_organization_as_the_api_has_them_and_no_others()
    {
        var acme = await MeasuredAsync();
        var other = await MeasuredOrganization.FoundAsync(app, "Other");
        await other.WithService("other/shop").SaveAsync();
        var (ours, theirs) = (await TurnOnAsync(acme), await TurnOnAsync(other));

        using var answer = await app.Api((await SomeoneOfAsync(acme)).Token).SendAsync(Asking("metrics/dora", acme.Slug), Stop);
        var numbers = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var frequency = Numbers.Frequency(numbers.GetProperty("deployment_frequency").GetProperty("per_day").GetDouble());
        var lead = Durations.Short(numbers.GetProperty("lead_time_for_changes").GetProperty("median").GetDouble());
        var failing = Numbers.Rate(numbers.GetProperty("change_failure_rate").GetProperty("value").GetDouble());
        Assert.StartsWith(frequency, await ValueAsync(ours, "deployment-frequency"), StringComparison.Ordinal);
        Assert.StartsWith(lead, await ValueAsync(ours, "lead-time"), StringComparison.Ordinal);
        Assert.StartsWith(failing, await ValueAsync(ours, "change-failure-rate"), StringComparison.Ordinal);
        Assert.Equal("no data", await ValueAsync(ours, "recovery"));
        Assert.Equal("none", await ValueAsync(theirs, "deployment-frequency"));
        Assert.Equal("no data", await ValueAsync(theirs, "lead-time"));
    }

    [Fact]
    public async Task It_is_a_picture_without_cookies_that_others_keep_for_minutes_and_ask_for_again_by_its_mark()
    {
        var acme = await MeasuredAsync();
        var token = await TurnOnAsync(acme);
        using var visitor = Visitor();
        using var answer = await visitor.GetAsync($"/badges/{token}/lead-time.svg", Stop);
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=300", answer.Headers.CacheControl!.ToString());
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single().Trim(';', ' '));
        Assert.Equal("cross-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Set-Cookie"));

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/badges/{token}/lead-time.svg");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        again.Headers.AcceptLanguage.ParseAdd("de-DE");
        using var same = await visitor.SendAsync(again, Stop);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Theory]
    [InlineData("viewer", HttpStatusCode.Forbidden)]
    [InlineData("manager", HttpStatusCode.Forbidden)]
    public async Task Only_an_admin_turns_them_on(string role, HttpStatusCode expected)
    {
        var acme = await MeasuredAsync();
        using var browser = await MemberAsync(acme, Enum.Parse<Role>(role, ignoreCase: true));
        Assert.Equal(expected, (await browser.GetAsync($"/o/{acme.Slug}/settings/organization/badges")).Status);
        var profile = await browser.GetAsync("/account/profile");
        var proof = profile.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var answer = await browser.PostAsync($"/o/{acme.Slug}/settings/organization/badges?handler=Make", [KeyValuePair.Create("__RequestVerificationToken", proof)]);
        Assert.Equal(expected, answer.Status);
        await using var db = app.Database.Open();
        Assert.False(await db.BadgeAddresses.IgnoreQueryFilters().AnyAsync(b => db.Organizations.Any(o => o.Id == b.OrganizationId && o.Slug == acme.Slug), Stop));
    }

    [Fact]
    public void What_it_says_is_encoded()
    {
        var svg = new Badge("<script>alert(1)</script>", "a & b", null, "\"><x onload='1'").ToSvg();
        var drawn = XDocument.Parse(svg);
        Assert.Equal(["<script>alert(1)</script>", "a & b"], drawn.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value));
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
        Assert.DoesNotContain(drawn.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Band.Elite)]
    [InlineData(Band.High)]
    [InlineData(Band.Medium)]
    [InlineData(Band.Low)]
    [InlineData(null)]
    public void Its_white_text_has_a_contrast_of_at_least_four_and_a_half_and_the_band_stands_in_words(Band? band)
    {
        var drawn = XDocument.Parse(new Badge("lead time", "1.4 d", band, "Lead time").ToSvg());
        var grounds = drawn.Descendants().Where(e => e.Name.LocalName == "rect" && e.Attribute("fill") is not null).Select(e => e.Attribute("fill")!.Value).ToList();
        Assert.Equal(2, grounds.Count);
        Assert.All(grounds, ground => Assert.InRange(1.05 / (Luminance(ground) + 0.05), 4.5, 21));
        if (band is { } level) Assert.Contains($"· {level.ToString().ToLowerInvariant()}", drawn.Root!.Value, StringComparison.Ordinal);
    }

    private static double Luminance(string hex)
    {
        double Part(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Part(1)) + (0.7152 * Part(3)) + (0.0722 * Part(5));
    }

    private async Task<MeasuredOrganization> MeasuredAsync()
    {
        var acme = await MeasuredOrganization.FoundAsync(app);
        acme.WithService();
        for (var day = 1; day <= 8; day++) acme.Change(acme.Deploy(day), day, leadHours: 20 + day);
        acme.Deploy(3.5, fails: true);
        return await acme.SaveAsync();
    }

    private static async Task<string> TurnOnAsync(MeasuredOrganization organization)
    {
        var page = $"/o/{organization.Slug}/settings/organization/badges";
        await organization.Browser.PressAsync(page, "form[action$='handler=Make']");
        var shown = (await organization.Browser.GetAsync(page)).Document.QuerySelector("#markdown")!.TextContent;
        Assert.Equal(4, shown.Trim().Split('\n').Length);
        return Token().Match(shown).Groups["token"].Value;
    }

    private async Task<string> ValueAsync(string token, string metric)
    {
        using var visitor = Visitor();
        return XDocument.Parse(await visitor.GetStringAsync($"/badges/{token}/{metric}.svg", Stop)).Descendants().Last(e => e.Name.LocalName == "text").Value;
    }

    private static string Told(HttpResponseMessage answer) => string.Join('\n', answer.Headers.Concat(answer.Content.Headers)
        .Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal));

    private HttpClient Visitor() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = app.Address };

    private static HttpRequestMessage Asking(string path, string slug) => new(HttpMethod.Get, path) { Headers = { { "X-Organization", slug } } };

    private async Task<Someone> SomeoneOfAsync(MeasuredOrganization organization, Role role = Role.Admin)
    {
        var someone = await app.SomeoneAsync();
        await using var db = app.Database.Open();
        db.Add(new Membership
        {
            OrganizationId = await db.Organizations.Where(o => o.Slug == organization.Slug).Select(o => o.Id).SingleAsync(Stop),
            UserId = await db.Users.Where(u => u.Email == someone.Email).Select(u => u.Id).SingleAsync(Stop),
            Role = role,
            JoinedAt = DateTimeOffset.UtcNow,
        });
        await db.SaveChangesAsync(Stop);
        return someone;
    }

    private async Task<Browser> MemberAsync(MeasuredOrganization organization, Role role)
    {
        var browser = app.Browser();
        await browser.SignInAsync(await SomeoneOfAsync(organization, role));
        return browser;
    }

    [GeneratedRegex("/badges/(?<token>[A-Za-z0-9_-]{43})/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
