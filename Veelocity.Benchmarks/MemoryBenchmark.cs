using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Sync;

namespace Veelocity.Benchmarks;

/// <summary>Whether memory stays flat while a sync stores very many workflow runs: the way of a sync, from the connector's batches on.</summary>
internal static class MemoryBenchmark
{
    private const int FactsPerBatch = 100; // a page of the provider's

    public static async Task RunAsync(Arguments arguments)
    {
        var (count, step) = (arguments["runs", 1_000_000], arguments["step", 100_000]);
        await using var database = await BenchmarkDatabase.StartAsync();
        var generated = new GeneratedFacts(200, 0, 0, TimeProvider.System.GetUtcNow());
        var connection = await database.FoundAsync([.. generated.All().OfType<RepositoryFact>(), .. generated.Workflows()]);

        Print($"{"runs stored",12} {"a second",10} {"heap MB",10} {"working set MB",15}");
        await using var db = database.Open();
        var run = new SyncRun { OrganizationId = connection.OrganizationId, ConnectionId = connection.Id, Connector = "github_actions" };
        db.SyncRuns.Add(run);
        run.Start(TimeProvider.System.GetUtcNow());
        await db.SaveChangesAsync();
        var store = new BatchStore(
            db, new FactWriter(db, new SetWriter(db), TimeProvider.System), new SyncCursors(db, TimeProvider.System), TimeProvider.System,
            NullLogger<BatchStore>.Instance);

        var (stored, since) = (0L, Stopwatch.StartNew());
        await using var ahead = new ReadAhead(CancellationToken.None);
        ahead.Start(stop => FetchAsync(generated, count, stop));
        await foreach (var group in ahead.GroupsAsync(CancellationToken.None))
        {
            await store.StoreAsync(run, connection, group, CancellationToken.None);
            var before = stored;
            stored += group.Sum(batch => batch.Facts.Count);
            if (stored / step == before / step) continue;
            using var process = Process.GetCurrentProcess();
            Print($"{stored,12} {step / since.Elapsed.TotalSeconds,10:0} {GC.GetTotalMemory(forceFullCollection: true) / 1e6,10:0.0} {process.WorkingSet64 / 1e6,15:0}");
            since.Restart();
        }
    }

    private static async IAsyncEnumerable<FactBatch> FetchAsync(GeneratedFacts generated, int count, [EnumeratorCancellation] CancellationToken stop)
    {
        var done = 0L;
        foreach (var page in generated.Runs(count).Chunk(FactsPerBatch))
        {
            stop.ThrowIfCancellationRequested();
            yield return new FactBatch(
                page, new CursorMove(page[^1].RepositoryExternalId, "runs", $"{page[^1].ExternalId}"), "Workflow runs", done += page.Length, count, 1, 0);
        }
        await Task.CompletedTask;
    }

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
