using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Platform;
using Veelocity.Web.Tests.Platform.Mail;

namespace Veelocity.E2E.Stage;

/// <summary>The app as a process of its own, on a database of its own, with a simulated GitHub and a browser: started once for all journeys.</summary>
public sealed class RunningApp : IAsyncLifetime
{
    private readonly Lazy<Task<Acme>> acme;
    private readonly ConcurrentDictionary<Person, Lazy<Task<string>>> signedIn = new();
    private TestDatabase database = null!;
    private AppProcess process = null!;
    private IPlaywright playwright = null!;

    public RunningApp() => (acme, Windows) = (new(() => StartAcmeAsync()), new Windows(this));

    public GitHubSimulator GitHub { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Windows for journeys that only look.</summary>
    internal Windows Windows { get; }

    internal Api Api { get; private set; } = null!;

    /// <summary>The mail server that the app sends to.</summary>
    internal MailDev Mails { get; private set; } = null!;

    /// <summary>An organization that is connected and synced, to look at and not to change.</summary>
    internal Task<Acme> AcmeAsync() => acme.Value;

    /// <summary>Cookies of someone who has signed in once, for as many windows as there are journeys.</summary>
    internal Task<string> SignedInAsync(Person person) => signedIn.GetOrAdd(person, someone => new(async () =>
    {
        var visit = await Visit.StartAsync(this, null);
        await using (visit.Context) return await visit.SignInAsync(someone);
    })).Value;

    /// <summary>For a browser that closes no window anymore: ends what drives it, and with that every step that waits for it.</summary>
    internal void AbandonBrowser() => playwright.Dispose();

    /// <summary>What the app has said so far.</summary>
    public string Output => process.Output;

    /// <summary>A look into the database.</summary>
    internal Web.Data.VeelocityDb OpenDatabase() => database.Open();

    /// <summary>The published app, as people run it, with these settings.</summary>
    internal static AppProcess StartPublished(params (string Name, string Value)[] settings)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "app");
        return AppProcess.StartIn(folder, [], [("ASPNETCORE_CONTENTROOT", folder), ("ASPNETCORE_ENVIRONMENT", "Production"), .. settings]);
    }

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout((float)Patience.Most.TotalMilliseconds);
        database = await TestDatabase.CreateAsync();
        GitHub = await GitHubSimulator.StartAsync(SeededWorld.Create(new SeedOptions
        {
            Now = SeedOptions.Today(TimeProvider.System),
            PullRequests = 700,
        }));
        var smtp = MailDev.FreePort();
        Mails = await MailDev.StartAsync(smtp);
        process = StartPublished(
            ("Veelocity__Mail__Host", "127.0.0.1"),
            ("Veelocity__Mail__Port", smtp.ToString(CultureInfo.InvariantCulture)),
            ("Veelocity__Mail__Security", "None"),
            ("Veelocity__Mail__From", "Veelocity <veelocity@example.com>"),
            // Of the links in mails journeys follow the path only: the port is not known yet.
            ("Veelocity__PublicAddress", "http://veelocity.example"),
            ("ConnectionStrings__Veelocity", database.ConnectionString),
            ("Connectors__GitHub__BaseUrl", GitHub.BaseUrl.ToString()),
            ("Connectors__Linear__BaseUrl", GitHub.LinearBaseUrl.ToString()),
            ("Connectors__Slack__BaseUrl", GitHub.SlackBaseUrl.ToString()),
            ("Veelocity__Security__SignInsPerMinute", "100000"),
            ("Veelocity__Security__ApiRequestsPerMinute", "1000000"),
            ("Veelocity__Security__ApiRequestsPerMinuteFromAddress", "1000000"),
            ("Sync__EveryMinutes", "0"));
        Address = await process.ReadyAsync(CancellationToken.None);
        // The first of all has nobody to confirm their address to; everyone after them follows the link in the mail.
        using (var first = new Api(Address)) await first.RegisterAsync();
        Api = new Api(Address, Mails);
        playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(playwright);
        // While the first journeys begin.
        _ = AcmeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // What started, when the start itself failed.
        if (Browser is not null) await Browser.DisposeAsync();
        playwright?.Dispose();
        Api?.Dispose();
        if (process is not null) await process.DisposeAsync();
        if (Mails is not null) await Mails.DisposeAsync();
        if (GitHub is not null) await GitHub.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
    }

    private async Task<Acme> StartAcmeAsync()
    {
        var admin = await Api.RegisterAsync();
        var slug = await Api.FoundAsync(admin, "Acme");
        await Api.ConnectAsync(admin, slug);
        await Api.ConnectLinearAsync(admin, slug);
        await using var db = OpenDatabase();
        var change = await db.DeployedChanges.IgnoreQueryFilters().Where(c => c.LeftOut == null && c.ReviewSeconds > 0 && db.Organizations.Any(o => o.Id == c.OrganizationId && o.Slug == slug))
            .OrderByDescending(c => c.DeployedAt).FirstAsync();
        // Whoever reviewed it: they have a page of their own.
        var developer = await db.Reviews.IgnoreQueryFilters().Where(r => r.PullRequestId == change.PullRequestId)
            .Join(db.Accounts.IgnoreQueryFilters().Where(a => !a.IsBot && a.PersonId != null), r => r.AuthorAccountId, a => a.Id, (_, a) => a.PersonId!.Value).FirstAsync();
        var organization = await db.Organizations.Where(o => o.Slug == slug).Select(o => o.Id).SingleAsync();
        var link = await db.IssueLinks.IgnoreQueryFilters().Where(l => l.OrganizationId == organization).OrderBy(l => l.IssueId).FirstAsync();
        var cycle = await db.Cycles.IgnoreQueryFilters().Where(c => c.OrganizationId == organization && c.IssuesByDay.Length > 3).OrderByDescending(c => c.StartsAt).FirstAsync();
        var project = await db.Projects.IgnoreQueryFilters().Where(p => p.OrganizationId == organization && p.StartedAt != null).OrderBy(p => p.Id).FirstAsync();
        return new Acme(
            admin, slug, await Api.FoundAsync(admin, "Beginners"), change.PullRequestId, change.DeploymentId, developer, cycle.Id, project.Id, link.IssueId);
    }
}

/// <summary>The organization to look at, its Admin, and a second organization of theirs with nothing connected.</summary>
/// <param name="ChangeId">A reviewed pull request in production, and what brought it there.</param>
/// <param name="DeveloperId">Someone who reviewed it.</param>
/// <param name="IssueId">One that a pull request is work on.</param>
internal sealed record Acme(
    Person Admin, string Slug, string EmptySlug, Guid ChangeId, Guid DeploymentId, Guid DeveloperId, Guid CycleId, Guid ProjectId, Guid IssueId);
