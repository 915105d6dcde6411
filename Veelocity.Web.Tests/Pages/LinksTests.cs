using System.Net;
using System.Text.RegularExpressions;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages;

/// <summary>Follows the links of every page that can be reached by links, as an Admin, with sample data and with a connection.</summary>
public sealed partial class LinksTests(TestApp app)
{
    // Of addresses that differ only in ids and values, so many are enough.
    private const int MaxOfOneKind = 2;

    [Fact]
    public async Task Every_link_of_the_sample_organization_leads_somewhere()
    {
        using var browser = app.Browser();
        await browser.SignInAsync(await app.SomeoneAsync());
        var made = await browser.SubmitAsync("/organizations/sample");
        await WalkAsync(browser, made.Location!, atLeast: 100);
    }

    [Fact]
    public async Task Every_link_of_a_connected_organization_leads_somewhere()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        for (var day = 1; day <= 6; day++) organization.Change(organization.Deploy(day), day);
        await organization.SaveAsync();
        await WalkAsync(organization.Browser, $"/o/{organization.Slug}", atLeast: 60);
    }

    private static async Task WalkAsync(Browser browser, string start, int atLeast)
    {
        var (next, known, kinds, wrong) = (new Queue<(string Address, string From)>(), new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal), new List<string>());
        next.Enqueue((start, "the start"));
        var followed = 0;
        while (next.TryDequeue(out var link))
        {
            var page = await browser.GetAsync(link.Address);
            followed++;
            if ((int)page.Status is >= 400 or < 200) wrong.Add($"{link.Address} of {link.From} answers {(int)page.Status}");
            if (page.Status != HttpStatusCode.OK || page.Response.Content.Headers.ContentType?.MediaType != "text/html") continue;
            foreach (var anchor in page.Document.QuerySelectorAll("a"))
            {
                // A link without an address is text; an empty address is a mistake.
                if (anchor.GetAttribute("href") is not { } href) continue;
                if (string.IsNullOrWhiteSpace(href)) wrong.Add($"{link.Address} has an empty link: {anchor.TextContent.Trim()}");
                else if (AddressOf(link.Address, href) is { } address && known.Add(address) && Count(KindOf(address)) <= MaxOfOneKind) next.Enqueue((address, link.Address));
            }
        }
        Assert.Empty(wrong);
        Assert.True(followed >= atLeast, $"{followed}");

        int Count(string kind) => kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
    }

    // Within the app and without the fragment; null for other sites.
    private static string? AddressOf(string page, string href)
    {
        var root = new Uri("http://app.invalid");
        return Uri.TryCreate(new Uri(root, page), href, out var address) && address.Host == root.Host ? address.PathAndQuery : null;
    }

    private static string KindOf(string address)
    {
        var parts = address.Split('?', 2);
        var keys = parts.ElementAtOrDefault(1)?.Split('&').Select(pair => pair.Split('=')[0]).Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
        return Id().Replace(parts[0], "*") + "?" + string.Join('&', keys);
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
