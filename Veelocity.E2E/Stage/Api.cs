using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Veelocity.Web.Tests.Platform.Mail;

namespace Veelocity.E2E.Stage;

/// <summary>What a journey needs before it starts, and the numbers to compare a page with, by way of the REST API.</summary>
/// <param name="mails">The mail server of an app where addresses have to be confirmed; null where it has none.</param>
internal sealed partial class Api(Uri address, MailDev? mails = null) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = new Uri(address, "/api/v1/") };

    public async Task<Person> RegisterAsync()
    {
        var person = new Person(string.Create(CultureInfo.InvariantCulture, $"ada-{Guid.NewGuid():N}@example.com"), "");
        await SendAsync(HttpMethod.Post, "auth/register", null, null, new { email = person.Email, password = Person.Password, full_name = "Ada Lovelace" });
        if (mails is not null) await ConfirmAsync((await mails.ReadAsync(person.Email)).PathAndQuery);
        return await SignInAsync(person.Email);
    }

    /// <summary>Does as the page behind the mailed link asks, and signs out again, so that every session is the journey's own.</summary>
    private async Task ConfirmAsync(string link)
    {
        using var browser = new HttpClient { BaseAddress = address };
        foreach (var page in new[] { link, "/account/sign-out" })
        {
            var form = await browser.GetStringAsync(new Uri(page, UriKind.Relative));
            using var filled = new FormUrlEncodedContent([new("Password", Person.Password), new("__RequestVerificationToken", Verification().Match(form).Groups[1].Value)]);
            using var answer = await browser.PostAsync(new Uri(page, UriKind.Relative), filled);
            Assert.True(answer.IsSuccessStatusCode, $"{page} answered {answer.StatusCode}");
        }
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Verification();

    public async Task<Person> SignInAsync(string email)
    {
        var answer = await SendAsync(HttpMethod.Post, "auth/login", null, null, new { email, password = Person.Password });
        return new Person(email, answer.GetProperty("access_token").GetString()!);
    }

    /// <summary>Creates an organization and answers its slug.</summary>
    public async Task<string> FoundAsync(Person person, string name)
    {
        var made = await SendAsync(HttpMethod.Post, "organizations", person, null, new { name, time_zone = "Europe/Paris" });
        return made.GetProperty("slug").GetString()!;
    }

    /// <summary>Connects the simulated GitHub and waits until the first sync is through.</summary>
    public async Task ConnectAsync(Person person, string slug)
    {
        await SendAsync(HttpMethod.Post, "connectors/github/connect", person, slug, new { token = "ghp_good" });
        await SyncedAsync(person, slug);
        await NumbersAsync(person, slug);
    }

    /// <summary>Connects the simulated Linear and waits until its first sync is through.</summary>
    public async Task ConnectLinearAsync(Person person, string slug)
    {
        await SendAsync(HttpMethod.Post, "connectors/linear/connect", person, slug, new { api_key = "lin_api_good" });
        await SyncedAsync(person, slug);
    }

    private async Task SyncedAsync(Person person, string slug)
    {
        var until = DateTime.UtcNow + Patience.Most;
        while (true)
        {
            var runs = (await GetAsync("sync/status", person, slug)).EnumerateArray().ToList();
            if (runs.Count > 0 && runs.TrueForAll(run => run.GetProperty("status").GetString() == "done")) break;
            Assert.True(DateTime.UtcNow < until, $"The first sync did not get through: {string.Join('\n', runs)}");
            await Task.Delay(250);
        }
    }

    /// <summary>The DORA metrics, once there are any: a sync has read everything a moment before the numbers are made from it.</summary>
    public async Task<JsonElement> NumbersAsync(Person person, string slug)
    {
        var until = DateTime.UtcNow + Patience.Most;
        while (true)
        {
            var numbers = await GetAsync("metrics/dora", person, slug);
            if (numbers.GetProperty("lead_time_for_changes").GetProperty("count").GetInt64() > 0) return numbers;
            Assert.True(DateTime.UtcNow < until, $"No number came: {numbers}");
            await Task.Delay(250);
        }
    }

    public Task<JsonElement> GetAsync(string path, Person person, string slug) => SendAsync(HttpMethod.Get, path, person, slug, null);

    public void Dispose() => client.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, Person? person, string? slug, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (person is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", person.Token);
        if (slug is not null) request.Headers.Add("X-Organization", slug);
        using var response = await client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path} answered {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}

/// <summary>Someone with an account.</summary>
internal sealed record Person(string Email, string Token)
{
    public const string Password = "correct horse battery";
}
