using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Veelocity.E2E.Stage;

/// <summary>
/// A test that goes through the app as a person does. Whatever it is about, it fails when a page of it complained in the console, broke the
/// content security policy, failed to load something, or asked another server; and a failed one leaves a screenshot in TestResults.
/// </summary>
public abstract partial class Journey(RunningApp app) : IAsyncDisposable
{
    private readonly ConcurrentQueue<Visit> visits = new();
    private readonly CancellationTokenSource isOver = new();
    private Task? deadline;

    protected RunningApp App => app;

    /// <summary>Opens a window of a visitor, or of someone who has signed in.</summary>
    private protected async Task<Visit> VisitAsync(Person? person = null, BrowserNewContextOptions? options = null)
    {
        deadline ??= EndLateAsync();
        var visit = await Visit.StartAsync(app, options, person is null ? null : await app.SignedInAsync(person));
        visits.Enqueue(visit);
        return visit;
    }

    /// <summary>Looks through a window that pages share one after another: for journeys that leave nothing behind in the browser.</summary>
    private protected async Task<Visit> LookAsync(Person? person)
    {
        deadline ??= EndLateAsync();
        var visit = await app.Windows.TakeAsync(person);
        visits.Enqueue(visit);
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await isOver.CancelAsync();
        if (deadline is not null) await deadline;
        isOver.Dispose();
        var complaints = visits.SelectMany(visit => visit.Complaints).ToList();
        var isFailed = complaints.Count > 0 || TestContext.Current.TestState?.Result == TestResult.Failed;
        if (isFailed)
        {
            foreach (var (window, visit) in visits.Index())
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"Window {window} is {await visit.StandingAsync()}.");
                await PhotographAsync(visit, window);
            }
        }
        foreach (var visit in visits.Where(visit => isFailed || !app.Windows.TakeBack(visit)))
            await visit.CloseAsync();
        var isOurFault = complaints.Exists(complaint => complaint.StartsWith("500", StringComparison.Ordinal));
        Assert.True(complaints.Count == 0, string.Join('\n', [.. complaints.Distinct(StringComparer.Ordinal), .. isOurFault ? app.Output.Split('\n').TakeLast(40) : []]));
    }

    /// <summary>Closes the windows of a journey that takes too long: that fails whatever step still waits in one of them.</summary>
    private async Task EndLateAsync()
    {
        await Task.Delay(Patience.Journey, isOver.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isOver.IsCancellationRequested) return;
        try
        {
            foreach (var visit in visits) await visit.GiveUpAsync();
        }
        catch (TimeoutException)
        {
            app.AbandonBrowser();
        }
    }

    private static async Task PhotographAsync(Visit visit, int window)
    {
        var name = NotInFileNames().Replace(TestContext.Current.Test?.TestDisplayName ?? "journey", "_");
        var file = string.Create(CultureInfo.InvariantCulture, $"{name[..Math.Min(name.Length, 150)]}-{window}.png");
        try
        {
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Repository.Root, "TestResults", file),
                FullPage = true,
                Timeout = (float)Patience.Autopsy.TotalMilliseconds,
            });
        }
        catch (Exception lost) when (lost is PlaywrightException or TimeoutException)
        {
            // The window is gone or stuck; the test's own failure says more.
        }
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]+")]
    private static partial Regex NotInFileNames();
}
