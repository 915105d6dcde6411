using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Veelocity.Benchmarks;

/// <summary>
/// Many people at once: several web processes and workers on one PostgreSQL with many organizations, asked by autocannon (build/load.mjs), which the
/// environment variable AUTOCANNON names the folder of.
/// </summary>
internal static class LoadBenchmark
{
    private static readonly (string Name, string Path)[] Asked =
    [
        ("dashboard, 30 days", "/o/{slug}"), ("dashboard, 90 days", "/o/{slug}?period=90d"), ("DORA overview, 90 days", "/o/{slug}/dora?period=90d"),
        ("lead time, 90 days", "/o/{slug}/dora/lead-time?period=90d"), ("API metrics/dora", "/api/v1/metrics/dora"),
    ];

    public static async Task RunAsync(Arguments arguments)
    {
        var (organizations, pulls, webs, workers, seconds, connections, minutes, rate) = (arguments["organizations", 100], arguments["pull-requests", 1_000_000], arguments["web", 2],
            arguments["workers", 2], arguments["seconds", 20], arguments["connections", 8], arguments["minutes", 0], arguments["rate", 0]);
        var now = TimeProvider.System.GetUtcNow();
        await using var database = await BenchmarkDatabase.StartAsync();
        var apps = new List<AppUnderTest>();
        for (var i = 0; i < webs; i++) apps.Add(await AppUnderTest.StartAsync(database.ConnectionString, ("Sync__Worker", "false")));
        var helpers = Enumerable.Range(0, workers).Select(_ => Worker(database.ConnectionString)).ToList();

        var slugs = new List<string>();
        for (var i = 0; i < organizations; i++)
        {
            var (id, slug) = i == 0 ? (apps[0].OrganizationId, apps[0].Slug) : await apps[0].FoundAsync(string.Create(CultureInfo.InvariantCulture, $"Load {i:000}"));
            slugs.Add(slug);
            await new ScaleData(database, id, now).WriteAsync(2, pulls / organizations, pulls / organizations / 5, Math.Max(1, pulls / organizations / 100), isLast: i == organizations - 1);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{organizations} organizations, {pulls} pull requests, {webs} web processes, {workers} workers, {connections} connections each"));

        foreach (var (name, path) in Asked) await AskAsync(name, [path], apps, slugs, seconds, connections, 0);
        // Whether memory stays where it is: all of them in turn, for long, at so many requests a second to each process (as many as there can be without).
        for (var minute = 0; minute < minutes; minute += 5)
            await AskAsync(string.Create(CultureInfo.InvariantCulture, $"all, from minute {minute} on"), [.. Asked.Select(asked => asked.Path)], apps, slugs, 300, connections, rate);

        foreach (var helper in helpers)
        {
            helper.Kill();
            helper.Dispose();
        }
        foreach (var app in apps) await app.DisposeAsync();
    }

    private static async Task AskAsync(string name, string[] paths, List<AppUnderTest> apps, List<string> slugs, int seconds, int connections, int rate)
    {
        var order = new
        {
            name,
            seconds,
            connections,
            rate,
            targets = apps.Select(app => new
            {
                url = app.Address.ToString(),
                requests = slugs.SelectMany(slug => paths, (slug, path) => new { path = path.Replace("{slug}", slug, StringComparison.Ordinal), headers = Headers(app, path, slug) }),
            }),
        };
        using var asking = Process.Start(new ProcessStartInfo("node", ["build/load.mjs"]) { RedirectStandardInput = true, UseShellExecute = false })!;
        await asking.StandardInput.WriteAsync(JsonSerializer.Serialize(order));
        asking.StandardInput.Close();
        await asking.WaitForExitAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    memory of the web processes: {string.Join(", ", apps.Select(app => $"{app.Megabytes:0} MB"))}"));
    }

    private static Dictionary<string, string> Headers(AppUnderTest app, string path, string slug) => path.StartsWith("/api/", StringComparison.Ordinal)
        ? new(StringComparer.Ordinal) { ["authorization"] = $"Bearer {app.Token}", ["x-organization"] = slug }
        : new(StringComparer.Ordinal) { ["cookie"] = app.Cookie };

    private static Process Worker(string connectionString)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Veelocity.Web.dll"), "worker"]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ConnectionStrings__Veelocity"] = connectionString;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        return Process.Start(start)!;
    }
}
