using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Organizations.Invitations;

/// <summary>An organization, its Admin with a browser, and the invitations they make.</summary>
internal sealed class Inviting(TestApp app, Someone admin, Browser browser, Guid id, string slug) : IDisposable
{
    public Someone Admin => admin;
    public Browser Browser => browser;
    public Guid Id => id;
    public string Slug => slug;
    public string Page => $"/o/{slug}/settings/members";

    public static async Task<Inviting> StartAsync(TestApp app, string name = "Acme")
    {
        var admin = await app.SomeoneAsync();
        var made = await admin.FoundAsync(name);
        var browser = app.Browser();
        await browser.SignInAsync(admin);
        return new Inviting(app, admin, browser, made.GetProperty("id").GetGuid(), made.GetProperty("slug").GetString()!);
    }

    public static string NewAddress() => $"{Guid.NewGuid():N}@example.com";

    public Task<Seen> InviteAsync(string email, string role = "Viewer") => browser.SubmitAsync($"{Page}/invitations", ("Email", email), ("role", role));

    /// <summary>Invites and answers the path of the link that the page shows.</summary>
    public async Task<string> LinkAsync(string email, string role = "Viewer") => LinkOn(await browser.FollowAsync(await InviteAsync(email, role)));

    public static string LinkOn(Seen page) => new Uri(((IHtmlInputElement)page.Document.GetElementById("invitation-link")!).Value).AbsolutePath;

    public async Task<Seen> ActAsync(string handler, Guid invitation)
    {
        var page = await browser.GetAsync(Page);
        var token = ((IHtmlInputElement)page.Document.QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        return await browser.PostAsync($"{Page}/invitations?handler={handler}", [new("id", invitation.ToString()), new("__RequestVerificationToken", token)]);
    }

    public async Task<JsonElement[]> OpenAsync() =>
        [.. (await admin.Api.GetFromJsonAsync<JsonElement>($"organizations/{id}/invitations")).GetProperty("items").EnumerateArray()];

    public async Task<JsonElement[]> MembersAsync() =>
        [.. (await admin.Api.GetFromJsonAsync<JsonElement>($"organizations/{id}/members")).GetProperty("items").EnumerateArray()];

    /// <summary>Someone with an account joins.</summary>
    public async Task<Someone> JoinedAsync(string role)
    {
        var someone = await app.SomeoneAsync();
        var link = await LinkAsync(someone.Email, role);
        using var own = app.Browser();
        await own.SignInAsync(someone);
        Assert.Equal($"/o/{slug}", (await own.SubmitAsync(link)).Location);
        return someone;
    }

    public void Dispose() => browser.Dispose();
}
