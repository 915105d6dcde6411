using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed partial class AccessTests(RunningApp app) : Journey(app)
{
    private const int OfEachKind = 2;

    [Theory]
    [InlineData("")]
    [InlineData("/dora/deployments")]
    [InlineData("/settings")]
    public async Task A_stranger_finds_nothing_where_an_organization_is(string path)
    {
        var acme = await App.AcmeAsync();
        var visit = await VisitAsync(await App.Api.RegisterAsync());
        visit.Expect(404);
        var answer = await visit.Page.GotoAsync($"/o/{acme.Slug}{path}");
        Assert.Equal(404, answer?.Status);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Acme")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_is_signed_out_signs_in_and_gets_where_they_wanted()
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync()).Page;
        await page.GotoAsync($"/o/{acme.Slug}/dora/deployments?period=90d&show=all");
        await Expect(page).ToHaveURLAsync(new Regex("/account/login"));
        await page.GetByLabel("Email address").FillAsync(acme.Admin.Email);
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($@"/o/{acme.Slug}/dora/deployments\?period=90d&show=all$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Production deployments" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_losing_the_address()
    {
        var visit = await VisitAsync();
        var page = visit.Page;
        visit.Expect(422);
        var person = await App.Api.RegisterAsync();
        await page.GotoAsync("/account/login");
        await page.GetByLabel("Email address").FillAsync(person.Email);
        await page.GetByLabel("Password").FillAsync("not the right one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The email address or the password is not right, or the address is not confirmed yet.");
        await Expect(page.GetByLabel("Email address")).ToHaveValueAsync(person.Email);
        await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Every_link_leads_somewhere_and_every_form_goes_to_an_address_of_the_app()
    {
        var acme = await App.AcmeAsync();
        var visit = await VisitAsync(acme.Admin);
        var (next, seen) = (new Queue<string>(), new HashSet<string>(StringComparer.Ordinal));
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        var broken = new List<string>();
        foreach (var start in new[] { $"/o/{acme.Slug}", $"/o/{acme.Slug}/settings", $"/o/{acme.EmptySlug}" })
        {
            if (IsNew(start)) next.Enqueue(start);
        }
        while (next.TryDequeue(out var path))
        {
            if ((await visit.Page.GotoAsync(path))!.Status >= 400) broken.Add(path);
            foreach (var (address, kind) in await LinksAsync(visit.Page))
            {
                if (!IsNew(address)) continue;
                var answer = kind == "page" ? null : await visit.Context.APIRequest.GetAsync(address);
                if (kind == "form" && answer is not null && TakesOnlyPosts(answer)) continue;
                if (answer?.Status >= 400) broken.Add($"{path} → {address}: {answer.Status}");
                else if (answer is null || answer.Headers["content-type"].StartsWith("text/html", StringComparison.Ordinal))
                    next.Enqueue(address);
            }
        }
        Assert.True(broken.Count == 0, string.Join('\n', broken));
        Assert.True(kinds.Count > 40, string.Join('\n', kinds.Keys));

        // Pages of a list differ only in their query, pages of rows only in an id: a few of each kind stand for all.
        bool IsNew(string address)
        {
            var place = address.Split('?')[0];
            var kind = Id().Replace(place, "*");
            return seen.Add(place) && (kinds[kind] = kinds.GetValueOrDefault(kind) + 1) <= OfEachKind;
        }
    }

    private static bool TakesOnlyPosts(IAPIResponse answer) =>
        answer.Status == 405
        && answer.Headers.TryGetValue("allow", out var allowed)
        && allowed.Split(", ").Contains("POST", StringComparer.Ordinal);

    /// <summary>The app's addresses on a page, each with what it leads to: a page, a file or a form.</summary>
    private static async Task<IEnumerable<(string Address, string Kind)>> LinksAsync(IPage page)
    {
        var links = await page.EvaluateAsync<string[][]>("""
            () => [...document.querySelectorAll('a[href], form[method=post]')]
              .map(e => [new URL(e.href ?? e.action, location), e.matches('form') ? 'form' : e.matches('[download]') ? 'file' : 'page'])
              .filter(([url]) => url.origin === location.origin)
              .map(([url, kind]) => [url.pathname + url.search, kind])
            """);
        return links.Select(link => (link[0], link[1]));
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();
}
