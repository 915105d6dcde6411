using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Security;

/// <summary>Somebody who asks, by page and by API; null for a visitor.</summary>
internal sealed class Caller(TestApp app, Someone? who) : IDisposable
{
    private Browser browser = app.Browser();
    private readonly HttpClient api = app.Api(who?.Token);
    private string? form;

    public Someone? Who => who;

    /// <summary>Sends the request with nothing in it but what every form has; answers the status, where it redirects to, and the text.</summary>
    public async Task<(HttpStatusCode Status, string? Location, string Text)> AskAsync(
        OneRoute route, string address, string organization, IReadOnlyList<KeyValuePair<string, string>>? fields = null, string? json = null)
    {
        if (!route.IsApi && !address.StartsWith("/webhooks/", StringComparison.Ordinal)) return await AskPageAsync(route, address, fields ?? []);
        using var request = new HttpRequestMessage(new HttpMethod(route.Verb), new Uri(app.Address, address));
        request.Headers.Add("X-Organization", organization);
        if (!route.OnlyReads) request.Content = new StringContent(json ?? "{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var text = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString, text);
    }

    /// <summary>A new cookie and a new form, after what may have ended either.</summary>
    public async Task ComeBackAsync()
    {
        browser.Dispose();
        browser = app.Browser();
        form = null;
        if (who is not null) Assert.Equal("/", (await browser.SignInAsync(who)).Location);
    }

    public void Dispose()
    {
        browser.Dispose();
        api.Dispose();
    }

    private async Task<(HttpStatusCode, string?, string)> AskPageAsync(OneRoute route, string address, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (route.OnlyReads)
        {
            var seen = await browser.GetAsync(address);
            return (seen.Status, seen.Location, seen.Html);
        }
        if (form is null)
        {
            var page = await browser.GetAsync(who is null ? "/account/login" : "/account/profile");
            form = ((IHtmlInputElement)page.Document.QuerySelector("main input[name=__RequestVerificationToken]")!).Value;
        }
        var answer = await browser.PostAsync(address, [.. fields, new("__RequestVerificationToken", form)]);
        return (answer.Status, answer.Location, answer.Html);
    }
}

/// <summary>One organization and everyone who might ask about it.</summary>
internal sealed class Callers : IDisposable
{
    private readonly TestApp app;
    private readonly Dictionary<string, Caller> all = new(StringComparer.Ordinal);

    private Callers(TestApp app) => this.app = app;

    public Guid Id { get; private set; }
    public string Slug { get; private set; } = "";

    public Caller this[string name] => all[name];

    public static async Task<Callers> GatherAsync(TestApp app)
    {
        var callers = new Callers(app);
        callers.all["anonymous"] = new Caller(app, null);
        foreach (var name in new[] { "viewer", "manager", "admin", "foreign", "removed" }) callers.all[name] = new Caller(app, await app.SomeoneAsync());
        var made = await callers["admin"].Who!.FoundAsync($"Matrix {Guid.NewGuid():N}"[..20]);
        (callers.Id, callers.Slug) = (made.GetProperty("id").GetGuid(), made.GetProperty("slug").GetString()!);
        await callers["foreign"].Who!.FoundAsync("Elsewhere");
        await callers.RestoreAsync();
        foreach (var caller in callers.all.Values) await caller.ComeBackAsync();
        return callers;
    }

    /// <summary>Everybody in their role again, whoever left or was removed by what was tried.</summary>
    public async Task RestoreAsync()
    {
        await using var db = app.Database.Open();
        var now = TestContext.Current.CancellationToken;
        var roles = new[] { ("viewer", Role.Viewer), ("manager", Role.Manager), ("admin", Role.Admin) }.ToDictionary(of => all[of.Item1].Who!.Email, of => of.Item2, StringComparer.Ordinal);
        var found = await db.Users.Where(u => roles.Keys.Contains(u.Email!))
            .Select(u => new { u.Id, u.Email, Membership = db.Memberships.IgnoreQueryFilters().SingleOrDefault(m => m.OrganizationId == Id && m.UserId == u.Id) })
            .ToListAsync(now);
        var moved = found.Where(user => user.Membership?.Role != roles[user.Email!]).ToList();
        if (moved.Count == 0) return;
        db.RemoveRange(moved.Select(user => user.Membership).OfType<Membership>());
        await db.SaveChangesAsync(now);
        db.AddRange(moved.Select(user => new Membership { OrganizationId = Id, UserId = user.Id, Role = roles[user.Email!], JoinedAt = DateTimeOffset.UtcNow }));
        await db.SaveChangesAsync(now);
    }

    public void Dispose()
    {
        foreach (var caller in all.Values) caller.Dispose();
    }
}
