using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Security;

/// <summary>A password and tokens of every kind go into the app; then all it logged, answers and stores is searched for them.</summary>
public sealed class SecretsTests : IAsyncLifetime
{
    private const string Token = "ghp_good", WrongToken = "ghp_wrong";

    private readonly KeptLog log = new();
    private GitHubSimulator gitHub = null!;
    private TestApp app = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        gitHub = await GitHubSimulator.StartAsync(SeededWorld.Create(new SeedOptions { Now = SeedOptions.Today(TimeProvider.System), PullRequests = 20 }), cancel: Now);
        app = new TestApp { Log = log, Settings = { ["Connectors:GitHub:BaseUrl"] = gitHub.BaseUrl.ToString(), ["Sync:Worker"] = "true", ["Sync:EveryMinutes"] = "0" } };
        await app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await gitHub.DisposeAsync();
        log.Dispose();
    }

    [Fact]
    public async Task No_secret_is_in_any_log_error_answer_or_row()
    {
        using var callers = await Callers.GatherAsync(app);
        var admin = callers["admin"].Who!;
        using var browser = app.Browser();
        await browser.SignInAsync(admin);
        string[] secrets = [Someone.Password, Token, WrongToken, admin.Token, await MakeTokenAsync(browser, callers.Slug)];
        var answers = new List<(string From, string Text)> { ("a refused token", await ConnectAsync(admin, callers.Slug, WrongToken, HttpStatusCode.UnprocessableEntity)) };
        answers.Add(("connecting", await ConnectAsync(admin, callers.Slug, Token, HttpStatusCode.OK)));
        await SyncedAsync(admin, callers.Slug);
        foreach (var route in (await EveryRoute.OfAsync(app)).Where(route => route.OnlyReads))
        {
            var address = route.Address(callers.Slug, callers.Id, (_, constraint) => constraint.Contains(":guid", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : "github");
            answers.Add((route.Name, (await callers["admin"].AskAsync(route, address, callers.Slug)).Text));
        }
        // The last: the browser's session and the token of the API work, so that what they ask is answered and not sent away.
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/o/{callers.Slug}/settings")).Status);

        // What is asked of GitHub and of the database is traced.
        Assert.Contains(log.Lines, line => line.StartsWith("Veelocity.Web.Connectors.Http.", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith("Microsoft.EntityFrameworkCore.Database.Command", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(answers, answer => answer.Text.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.Empty(await TablesWithAsync(secret));
        }
    }

    private static async Task<string> MakeTokenAsync(Browser browser, string slug)
    {
        var page = $"/o/{slug}/settings/tokens";
        var made = await browser.FollowAsync(await browser.PressAsync(page, "#new-token form", ("Name", "for a script"), ("Expires", "30")));
        // Shown this once and never again.
        var token = ((IHtmlInputElement)made.Document.GetElementById("token")!).Value;
        Assert.DoesNotContain(token, (await browser.GetAsync(page)).Html, StringComparison.Ordinal);
        return token;
    }

    private static async Task<string> ConnectAsync(Someone admin, string slug, string token, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "connectors/github/connect") { Content = JsonContent.Create(new { token }) };
        request.Headers.Add("X-Organization", slug);
        using var answer = await admin.Api.SendAsync(request, Now);
        var text = await answer.Content.ReadAsStringAsync(Now);
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
        return text;
    }

    private static async Task SyncedAsync(Someone admin, string slug)
    {
        JsonElement runs = default;
        await Wait.UntilAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "sync/status");
                request.Headers.Add("X-Organization", slug);
                using var answer = await admin.Api.SendAsync(request, Now);
                runs = await answer.Content.ReadFromJsonAsync<JsonElement>(Now);
                return runs.GetArrayLength() > 0 && runs.EnumerateArray().All(run => run.GetProperty("status").GetString() == "done");
            },
            () => $"The sync did not get through: {runs}");
    }

    private async Task<List<string>> TablesWithAsync(string secret)
    {
        await using var db = app.Database.Open();
        var tables = await db.Database.SqlQuery<string>($"SELECT relname::text AS \"Value\" FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace").ToListAsync(Now);
        var found = new List<string>();
        foreach (var table in tables)
        {
            var sql = $"SELECT count(*)::int AS \"Value\" FROM \"{table}\" t WHERE position({{0}} in t::text) > 0";
            if (await db.Database.SqlQueryRaw<int>(sql, secret).SingleAsync(Now) > 0) found.Add(table);
        }
        return found;
    }

    /// <summary>Keeps every line that the app logs, with its exception.</summary>
    private sealed class KeptLog : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(KeptLog kept, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                kept.Lines.Enqueue($"{category}: {formatter(state, exception)} {exception}");
        }
    }
}
