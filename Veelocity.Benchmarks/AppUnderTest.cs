using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Veelocity.Benchmarks;

/// <summary>The app as a process of its own on a database, and somebody signed in to its pages and its API.</summary>
internal sealed partial class AppUnderTest : IAsyncDisposable
{
    private const string Ready = "Veelocity is ready: ";
    private readonly Process process;
    private readonly CookieContainer cookies = new();

    private AppUnderTest(Process process, Uri address)
    {
        this.process = process;
        Client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = address };
        Api = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };
    }

    /// <summary>Signed in to the pages by its cookie.</summary>
    private HttpClient Client { get; }

    /// <summary>Sends the token of the API, and no cookie.</summary>
    private HttpClient Api { get; }

    public Guid OrganizationId { get; private set; }

    public string Slug { get; private set; } = "";

    /// <param name="others">Further settings, as environment variables.</param>
    public static async Task<AppUnderTest> StartAsync(string connectionString, params (string Key, string Value)[] others)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Veelocity.Web.dll")]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ConnectionStrings__Veelocity"] = connectionString;
        start.Environment["Sync__EveryMinutes"] = "0";
        start.Environment["Veelocity__Security__ApiRequestsPerMinute"] = "10000000";
        start.Environment["Veelocity__Security__ApiRequestsPerMinuteFromAddress"] = "10000000";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (key, value) in others) start.Environment[key] = value;
        var started = Process.Start(start)!;
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Ready, StringComparison.Ordinal)) continue;
            _ = started.StandardOutput.BaseStream.CopyToAsync(Stream.Null); // a full pipe would stop the app
            var app = new AppUnderTest(started, new Uri(line[Ready.Length..]));
            await app.SignInAsync();
            return app;
        }
        throw new InvalidOperationException("The app did not start.");
    }

    /// <summary>What a browser that is signed in sends.</summary>
    public string Cookie => cookies.GetCookieHeader(Client.BaseAddress!);

    public string Token => Api.DefaultRequestHeaders.Authorization!.Parameter!;

    public Uri Address => Client.BaseAddress!;

    /// <summary>What the process holds in memory now, in megabytes.</summary>
    public double Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>A further organization of the same person.</summary>
    public async Task<(Guid Id, string Slug)> FoundAsync(string name)
    {
        using var founded = await Api.PostAsJsonAsync("api/v1/organizations", new { name, time_zone = "Europe/Paris" });
        var organization = await founded.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return (organization.GetProperty("id").GetGuid(), organization.GetProperty("slug").GetString()!);
    }

    /// <summary>Asks for a page or, below <c>api/</c>, of the API.</summary>
    public Task<HttpResponseMessage> AskAsync(string path) =>
        (path.StartsWith("api/", StringComparison.Ordinal) ? Api : Client).GetAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Api.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task SignInAsync()
    {
        const string Email = "bench@example.com", Password = "correct horse battery";
        // Answers the same when another app on this database has registered it.
        (await Client.PostAsJsonAsync("api/v1/auth/register", new { email = Email, password = Password, full_name = "Benchmark" })).EnsureSuccessStatusCode();
        using var signedIn = await Client.PostAsJsonAsync("api/v1/auth/login", new { email = Email, password = Password });
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();

        var form = await Client.GetStringAsync(new Uri("account/login", UriKind.Relative));
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Email"] = Email,
            ["Password"] = Password,
            ["__RequestVerificationToken"] = VerificationToken().Match(form).Groups["token"].Value,
        });
        (await Client.PostAsync(new Uri("account/login", UriKind.Relative), fields)).EnsureSuccessStatusCode();

        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var mine = await Api.GetFromJsonAsync<JsonElement>("api/v1/organizations");
        using var founded = mine.GetProperty("total").GetInt32() > 0 ? null : await Api.PostAsJsonAsync("api/v1/organizations", new { name = "Acme", time_zone = "Europe/Paris" });
        var organization = founded is null ? mine.GetProperty("items")[0] : await founded.Content.ReadFromJsonAsync<JsonElement>();
        (OrganizationId, Slug) = (organization.GetProperty("id").GetGuid(), organization.GetProperty("slug").GetString()!);
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)""")]
    private static partial Regex VerificationToken();
}
