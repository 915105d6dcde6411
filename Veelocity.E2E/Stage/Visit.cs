using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Veelocity.E2E.Stage;

/// <summary>One browser window, watched: what the console complains of, what fails to load, what is asked of others, how much the layout shifts.</summary>
internal sealed partial class Visit(IBrowserContext context, IPage page, Uri address)
{
    // Every shift counts, also those soon after a click, which browsers' own sum forgives.
    private const string WatchShifts = """
        globalThis.shifts = [];
        const what = ({ sources }) => sources.map(s => s.node?.id || s.node?.className || s.node?.nodeName).join(' | ');
        const note = found => shifts.push(...found.map(shift => [shift.value, what(shift)]));
        const watch = new PerformanceObserver(list => note(list.getEntries()));
        watch.observe({ type: 'layout-shift', buffered: true });
        // Those of which the observer has not been told yet as well; what is taken is not counted again.
        globalThis.takeShifts = () => { note(watch.takeRecords()); return shifts.splice(0); };
        """;

    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentDictionary<IRequest, string> unanswered = new();
    private readonly HashSet<int> expected = [];
    private bool isAwayExpected;

    public IPage Page => page;

    public IBrowserContext Context => context;

    public IEnumerable<string> Complaints => complaints;

    /// <param name="signedIn">The cookies of someone who has signed in, as <see cref="SignInAsync"/> gave them; null for a visitor.</param>
    public static async Task<Visit> StartAsync(RunningApp app, BrowserNewContextOptions? options, string? signedIn = null)
    {
        options ??= new BrowserNewContextOptions();
        options.StorageState = signedIn;
        options.BaseURL ??= app.Address.ToString();
        options.TimezoneId ??= "Europe/Paris";
        options.Locale ??= "en-GB";
        // Where it is not what a journey is about, it would only stand between the page and the test.
        options.ServiceWorkers ??= ServiceWorkerPolicy.Block;
        var context = await app.Browser.NewContextAsync(options).WaitAsync(Patience.Most);
        context.SetDefaultTimeout((float)Patience.Most.TotalMilliseconds);
        await context.AddInitScriptAsync(WatchShifts);
        var visit = new Visit(context, await context.NewPageAsync().WaitAsync(Patience.Most), new Uri(options.BaseURL));
        visit.Watch();
        return visit;
    }

    /// <summary>An answer with this status is part of the journey.</summary>
    public void Expect(int status) => expected.Add(status);

    /// <summary>That the server cannot be reached is part of the journey.</summary>
    public void ExpectAway() => isAwayExpected = true;

    /// <summary>Signs in without the page, for journeys that begin later; answers the cookies, with which other windows are signed in too.</summary>
    public async Task<string> SignInAsync(Person person)
    {
        var form = await (await context.APIRequest.GetAsync("/account/login")).TextAsync();
        var fields = context.APIRequest.CreateFormData();
        fields.Set("Email", person.Email).Set("Password", Person.Password).Set("__RequestVerificationToken", Verification().Match(form).Groups[1].Value);
        var answer = await context.APIRequest.PostAsync("/account/login", new APIRequestContextOptions { Form = fields, MaxRedirects = 0 });
        Assert.Equal(302, answer.Status);
        return await context.StorageStateAsync();
    }

    /// <summary>How much the layout has shifted since the page was loaded or this was asked before, and what did.</summary>
    public async Task<(double Sum, string What)> ShiftsAsync()
    {
        await page.SettleAsync();
        var shifts = await page.EvaluateAsync<object[][]>("() => takeShifts()");
        return (shifts.Sum(shift => Convert.ToDouble(shift[0], System.Globalization.CultureInfo.InvariantCulture)), string.Join("; ", shifts.Select(shift => shift[1])));
    }

    /// <summary>Which answers the window still waits for, and what its page is busy with.</summary>
    public async Task<string> StandingAsync() =>
        $"waiting for {(unanswered.IsEmpty ? "no answer" : string.Join(", ", unanswered.Values))} at {await page.StandingAsync()}";

    /// <summary>The journey took too long.</summary>
    public async Task GiveUpAsync()
    {
        complaints.Enqueue($"not over after {Patience.Journey}, {await StandingAsync()}");
        await CloseAsync();
    }

    public Task CloseAsync() => context.CloseAsync().WaitAsync(Patience.Most);

    /// <summary>Has the browser ask for everything again, as the first page that a person opens does.</summary>
    public async Task ForgetCacheAsync()
    {
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        var disabled = new Dictionary<string, object>(StringComparer.Ordinal) { ["cacheDisabled"] = true };
        await session.SendAsync("Network.setCacheDisabled", disabled);
    }

    /// <summary>The next journey begins.</summary>
    public void StartOver()
    {
        complaints.Clear();
        unanswered.Clear();
        expected.Clear();
        isAwayExpected = false;
    }

    private void Watch()
    {
        page.Console += (_, message) =>
        {
            // A failed answer is noted by its status, where it can be expected.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                && !(isAwayExpected && message.Text.StartsWith("htmx: htmx:error: Failed to fetch", StringComparison.Ordinal)))
                complaints.Enqueue($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => complaints.Enqueue($"script: {error}");
        page.RequestFinished += (_, request) => unanswered.TryRemove(request, out var _);
        page.Request += (_, request) =>
        {
            unanswered[request] = $"{request.Method} {request.Url}";
            if (!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                complaints.Enqueue($"asked elsewhere: {request.Url}");
        };
        page.RequestFailed += (_, request) =>
        {
            unanswered.TryRemove(request, out var _);
            // Leaving a page aborts what it was still asking for.
            if (request.Failure != "net::ERR_ABORTED" && !isAwayExpected)
                complaints.Enqueue($"failed: {request.Method} {request.Url} {request.Failure}");
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !expected.Contains(response.Status))
                complaints.Enqueue($"{response.Status}: {response.Request.Method} {response.Url}");
        };
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Verification();
}
