using System.Diagnostics;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Benchmarks;

/// <summary>
/// How many pull requests with two reviews, and workflow runs, are stored per second by the app's writer, beside the bare statements that any such
/// writer needs at least, on the same rows in the same run. Rounds alternate, so that a busy machine slows both; medians count.
/// </summary>
internal static class WriterBenchmark
{
    // Pull requests with their reviews, so that a transaction holds about the 5,000 rows that a sync gathers for one.
    private const int PullBatch = 1_700;
    private const int RunBatch = 5_000;

    public static async Task RunAsync(Arguments arguments)
    {
        var (pullCount, runCount, rounds) = (arguments["pull-requests", 20_000], arguments["runs", 20_000], arguments["rounds", 3]);
        await using var database = await BenchmarkDatabase.StartAsync();
        var generated = new GeneratedFacts(20, pullCount, 0, TimeProvider.System.GetUtcNow());
        var facts = generated.All().ToList();
        var repositories = facts.OfType<RepositoryFact>().Cast<Fact>().ToList();
        await MeasureAsync(database, "pull requests with two reviews", PullBatch, rounds, repositories, [.. facts.OfType<PullRequestFact>()], BareCopy.WriteAsync);
        await MeasureAsync(database, "workflow runs", RunBatch, rounds, [.. repositories, .. generated.Workflows()], [.. generated.Runs(runCount)], BareRuns.WriteAsync);
    }

    private static async Task MeasureAsync<TFact>(
        BenchmarkDatabase database, string what, int batch, int rounds, IReadOnlyList<Fact> parents, List<TFact> facts,
        Func<BenchmarkDatabase, Connection, IReadOnlyList<TFact>, int, Task<long>> writeBare)
        where TFact : Fact
    {
        var warmUp = facts.Take(facts.Count / 10).ToList();
        await database.WriteAsync(await database.FoundAsync(parents), warmUp, batch);
        await writeBare(database, await database.FoundAsync(parents), warmUp, batch);

        var (fresh, again, bareFresh, bareAgain) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var (ours, bare) = (await database.FoundAsync(parents), await database.FoundAsync(parents));
            fresh.Add(await RateAsync(facts.Count, () => database.WriteAsync(ours, facts, batch)));
            bareFresh.Add(await RateAsync(facts.Count, () => writeBare(database, bare, facts, batch)));
            await database.ExecuteAsync("VACUUM ANALYZE");
            again.Add(await RateAsync(facts.Count, () => database.WriteAsync(ours, facts, batch)));
            bareAgain.Add(await RateAsync(facts.Count, () => writeBare(database, bare, facts, batch)));
        }

        Print($"{facts.Count} {what}, transactions of {batch}, per second, median of {rounds} rounds");
        Print($"{"",-44} {"new",10} {"unchanged",10}");
        Print($"{"FactWriter",-44} {Median(fresh),10:0} {Median(again),10:0}");
        Print($"{"bare COPY and INSERT ... ON CONFLICT",-44} {Median(bareFresh),10:0} {Median(bareAgain),10:0}");
        Print($"{"ratio, median of each round's",-44} {MedianRatio(fresh, bareFresh),10:0.00} {MedianRatio(again, bareAgain),10:0.00}");
    }

    private static async Task<double> RateAsync(int count, Func<Task<long>> write)
    {
        var start = Stopwatch.GetTimestamp();
        await write();
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static double MedianRatio(List<double> one, List<double> other) => Median(one.Zip(other, (a, b) => a / b));

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
