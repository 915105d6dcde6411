using System.Diagnostics;
using System.Globalization;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;

namespace Veelocity.Benchmarks;

/// <summary>How long the pages and the API take at the HTTP endpoint, warm, on an organization of a given size.</summary>
internal static class DashboardBenchmark
{
    public static async Task RunAsync(Arguments arguments)
    {
        var (repositories, pulls, deployments) =
            (arguments["repositories", 200], arguments["pull-requests", 100_000], arguments["deployments", 20_000]);
        var now = TimeProvider.System.GetUtcNow();
        await using var database = await BenchmarkDatabase.StartAsync();
        await using var app = await AppUnderTest.StartAsync(database.ConnectionString);

        var watch = Stopwatch.StartNew();
        var connection = await database.AddConnectionAsync(app.OrganizationId);
        await database.WriteAsync(connection, new GeneratedFacts(repositories, pulls, deployments, now).All(), 1_000);
        Print($"{repositories} repositories, {pulls} pull requests, {deployments} deployments stored in {watch.Elapsed.TotalSeconds:0.0} s");
        watch.Restart();
        await new Linker(new DatabaseDoor(database.Source), TimeProvider.System).LinkAsync(app.OrganizationId, null, CancellationToken.None);
        Print($"linked in {watch.Elapsed.TotalSeconds:0.0} s");
        await database.ExecuteAsync("VACUUM ANALYZE");

        Print($"{"",-44} {"median",8} {"p95",8} {"worst",8}  ms");
        foreach (var (name, path) in Questions(app.Slug, DateOnly.FromDateTime(now.UtcDateTime)))
        {
            var timing = await Timing.OfAsync(arguments["requests", 40], async () =>
            {
                using var answer = await app.AskAsync(path);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
            });
            Print($"{name,-44} {timing.Median,8:0.0} {timing.P95,8:0.0} {timing.Worst,8:0.0}");
        }
    }

    private static IEnumerable<(string Name, string Path)> Questions(string slug, DateOnly today)
    {
        foreach (var (label, days) in new[] { ("30 days", 30), ("90 days", 90), ("12 months", 365) })
        {
            var (from, to) = (Day(today.AddDays(1 - days)), Day(today));
            yield return ($"dashboard, {label}", $"o/{slug}?from={from}&to={to}");
            yield return ($"DORA overview, {label}", $"o/{slug}/dora?from={from}&to={to}");
            yield return ($"deployment frequency, {label}", $"o/{slug}/dora/deployment-frequency?from={from}&to={to}");
            yield return ($"lead time, {label}", $"o/{slug}/dora/lead-time?from={from}&to={to}");
            yield return ($"API metrics/dora, {label}", $"api/v1/metrics/dora?start_date={from}&end_date={to}");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
