using System.Diagnostics;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Benchmarks;

/// <summary>
/// How many pull requests with two reviews are stored per second by the app's writer, beside the bare statements that any such
/// writer needs at least, on the same rows in the same run.
/// </summary>
internal static class WriterBenchmark
{
    private const int BatchSize = 1_000;

    public static async Task RunAsync(Arguments arguments)
    {
        var count = arguments["pull-requests", 50_000];
        await using var database = await BenchmarkDatabase.StartAsync();
        var facts = new GeneratedFacts(20, count, 0, TimeProvider.System.GetUtcNow()).All().ToList();
        var repositories = facts.OfType<RepositoryFact>().ToList();
        var pulls = facts.OfType<PullRequestFact>().ToList();
        var warmUp = new GeneratedFacts(20, 2_000, 0, TimeProvider.System.GetUtcNow()).All().OfType<PullRequestFact>().ToList();

        var connection = await ConnectAsync(database, repositories);
        var other = await ConnectAsync(database, repositories);
        await database.WriteAsync(await ConnectAsync(database, repositories), warmUp, BatchSize);
        await BareCopy.WriteAsync(database, await ConnectAsync(database, repositories), warmUp, BatchSize);

        var fresh = await RateAsync(pulls.Count, () => database.WriteAsync(connection, pulls, BatchSize));
        await database.ExecuteAsync("VACUUM ANALYZE");
        var bare = await RateAsync(pulls.Count, () => BareCopy.WriteAsync(database, other, pulls, BatchSize));
        await database.ExecuteAsync("VACUUM ANALYZE");
        var unchanged = await RateAsync(pulls.Count, () => database.WriteAsync(connection, pulls, BatchSize));
        var bareAgain = await RateAsync(pulls.Count, () => BareCopy.WriteAsync(database, other, pulls, BatchSize));

        Print($"{pulls.Count} pull requests with two reviews, batches of {BatchSize}, pull requests a second");
        Print($"{"",-44} {"new",10} {"again",10}");
        Print($"{"FactWriter",-44} {fresh,10:0} {unchanged,10:0}");
        Print($"{"bare COPY and INSERT ... ON CONFLICT",-44} {bare,10:0} {bareAgain,10:0}");
        Print($"{"ratio",-44} {fresh / bare,10:0.00} {unchanged / bareAgain,10:0.00}");
    }

    private static async Task<Connection> ConnectAsync(BenchmarkDatabase database, IReadOnlyList<RepositoryFact> repositories)
    {
        await using var db = database.Open();
        var organization = new Organization { Name = "Acme", Slug = $"{Guid.NewGuid():N}", TimeZone = "UTC" };
        db.Organizations.Add(organization);
        await db.SaveChangesAsync();
        var connection = await database.AddConnectionAsync(organization.Id);
        await database.WriteAsync(connection, repositories, BatchSize);
        return connection;
    }

    private static async Task<double> RateAsync(int count, Func<Task<long>> write)
    {
        var start = Stopwatch.GetTimestamp();
        await write();
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
