using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Veelocity.Web.Tests.Web;

/// <summary>A page as it was answered; parsed on first use.</summary>
public sealed record Seen(HttpStatusCode Status, string? Location, string Html, HttpResponseMessage Response)
{
    private readonly Lazy<IDocument> document = new(() => new HtmlParser().ParseDocument(Html));

    public IDocument Document => document.Value;

    public string Text => Document.Body?.TextContent ?? "";
}

/// <summary>What a person does without scripts: opens addresses, fills in forms, follows redirects; keeps cookies.</summary>
public sealed class Browser(Uri address, string? userAgent = null) : IDisposable
{
    private readonly HttpClient client = Client(address, userAgent);

    public async Task<Seen> GetAsync(string path) => await SeeAsync(await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute)));

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

    /// <summary>Opens the page and sends the form there that the selector finds, as it stands but for these fields.</summary>
    public async Task<Seen> PressAsync(string path, string selector, params (string Field, string Value)[] fields)
    {
        var page = await GetAsync(path);
        var form = Assert.IsAssignableFrom<IHtmlFormElement>(page.Document.QuerySelector(selector));
        var values = form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>()
            .Where(input => fields.All(field => field.Field != input.Name))
            .Select(input => KeyValuePair.Create(input.Name!, input.Value))
            .Concat(fields.Select(field => KeyValuePair.Create(field.Field, field.Value)));
        return await PostAsync(form.GetAttribute("action") is { Length: > 0 } action ? action : path, values);
    }

    /// <summary>Sends fields without opening a page first, as another site would.</summary>
    public async Task<Seen> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await SeeAsync(await client.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    /// <summary>Sends fields and takes what comes as a file.</summary>
    public async Task<byte[]> DownloadAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public async Task<Seen> FollowAsync(Seen redirect) => await GetAsync(redirect.Location!);

    public Task<Seen> SignInAsync(Someone someone, string path = "/account/login", string password = Someone.Password) =>
        SubmitAsync(path, ("Email", someone.Email), ("Password", password));

    public void Dispose() => client.Dispose();

    private static HttpClient Client(Uri address, string? userAgent)
    {
        var made = new HttpClient(new PatientSender(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true })) { BaseAddress = address };
        if (userAgent is not null) made.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
        return made;
    }

    private static async Task<Seen> SeeAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        return new Seen(response.StatusCode, response.Headers.Location?.OriginalString, html, response);
    }
}
