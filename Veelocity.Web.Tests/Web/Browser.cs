using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Veelocity.Web.Tests.Web;

/// <summary>A page as it was answered.</summary>
public sealed record Seen(HttpStatusCode Status, string? Location, string Html, IDocument Document, HttpResponseMessage Response)
{
    public string Text => Document.Body?.TextContent ?? "";
}

/// <summary>What a person does without scripts: opens addresses, fills in forms, follows redirects; keeps cookies.</summary>
public sealed class Browser(Uri address) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = address };

    public async Task<Seen> GetAsync(string path) => await SeeAsync(await client.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>Opens the page, fills in its form in the main part, and sends it.</summary>
    public async Task<Seen> SubmitAsync(string path, params (string Field, string Value)[] fields)
    {
        var page = await GetAsync(path);
        var form = page.Document.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>()
            .Last(form => fields.All(field => form.QuerySelector($"[name='{field.Field}']") is not null));
        var values = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>()
            .Where(hidden => fields.All(field => field.Field != hidden.Name))
            .Select(hidden => KeyValuePair.Create(hidden.Name!, hidden.Value))
            .Concat(fields.Select(field => KeyValuePair.Create(field.Field, field.Value)));
        return await PostAsync(form.GetAttribute("action") is { Length: > 0 } action ? action : path, values);
    }

    /// <summary>Sends fields without opening a page first, as another site would.</summary>
    public async Task<Seen> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await SeeAsync(await client.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    public async Task<Seen> FollowAsync(Seen redirect) => await GetAsync(redirect.Location!);

    public Task<Seen> SignInAsync(Someone someone, string path = "/account/login", string password = Someone.Password) =>
        SubmitAsync(path, ("Email", someone.Email), ("Password", password));

    public void Dispose() => client.Dispose();

    private static async Task<Seen> SeeAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        var document = await BrowsingContext.New(Configuration.Default).OpenAsync(request => request.Content(html));
        return new Seen(response.StatusCode, response.Headers.Location?.OriginalString, html, document, response);
    }
}
