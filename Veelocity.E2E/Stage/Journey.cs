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
    private readonly List<Visit> visits = [];

    protected RunningApp App => app;

    /// <summary>Opens a window of a visitor, or of someone who has signed in.</summary>
    private protected async Task<Visit> VisitAsync(Person? person = null, BrowserNewContextOptions? options = null)
    {
        var visit = await Visit.StartAsync(app, options, person is null ? null : await app.SignedInAsync(person));
        visits.Add(visit);
        return visit;
    }

    /// <summary>Looks through a window that pages share one after another: for journeys that leave nothing behind in the browser.</summary>
    private protected async Task<Visit> LookAsync(Person? person)
    {
        var visit = await app.Windows.TakeAsync(person);
        visits.Add(visit);
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var complaints = visits.SelectMany(visit => visit.Complaints).ToList();
        var isFailed = complaints.Count > 0 || TestContext.Current.TestState?.Result == TestResult.Failed;
        if (isFailed)
        {
            for (var window = 0; window < visits.Count; window++)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"Window {window} is {visits[window].Standing}.");
                await PhotographAsync(visits[window], window);
            }
        }
        foreach (var visit in visits.Where(visit => isFailed || !app.Windows.TakeBack(visit)))
            await visit.Context.DisposeAsync();
        var isOurFault = complaints.Exists(complaint => complaint.StartsWith("500", StringComparison.Ordinal));
        Assert.True(complaints.Count == 0, string.Join('\n', [.. complaints.Distinct(StringComparer.Ordinal), .. isOurFault ? app.Output.Split('\n').TakeLast(40) : []]));
    }

    private static async Task PhotographAsync(Visit visit, int window)
    {
        var name = NotInFileNames().Replace(TestContext.Current.Test?.TestDisplayName ?? "journey", "_");
        var file = string.Create(CultureInfo.InvariantCulture, $"{name[..Math.Min(name.Length, 150)]}-{window}.png");
        try
        {
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "TestResults", file), FullPage = true });
        }
        catch (PlaywrightException)
        {
            // The browser is gone; the test's own failure says more.
        }
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]+")]
    private static partial Regex NotInFileNames();
}
