using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Sync;

/// <summary>A provider whose every batch is known: one repository and three pull requests per batch. Tests may act before a batch.</summary>
internal sealed class ScriptedConnector(int batches) : IConnector
{
    public const string Kind = "scripted";
    private readonly ConcurrentDictionary<string, int> inside = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<int> starts = [];
    private int fetches;

    public ConnectorInfo Info { get; } = new(Kind, "Scripted", Kind, 9, []);

    /// <summary>Called before a batch (counted from 0) is handed over.</summary>
    public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>A batch that brings a problem instead of facts.</summary>
    public ScopeProblem? ProblemInBatch1 { get; set; }

    /// <summary>What a batch brings besides, by its step.</summary>
    public Func<int, IEnumerable<Fact>> More { get; set; } = _ => [];

    /// <summary>Each batch waits until the one before is stored.</summary>
    public bool IsPatient { get; set; }

    /// <summary>At which batch each reading began.</summary>
    public IReadOnlyList<int> Starts => [.. starts];

    /// <summary>Ends what <see cref="Before"/> waits for when the reading is to stop.</summary>
    public CancellationToken Stopping { get; private set; }

    public int Fetches => fetches;

    /// <summary>The most readings with one token that were ever under way at once.</summary>
    public int MostAtOnce { get; private set; }

    public Task<CredentialCheck> TestAsync(ConnectorCredentials credentials, CancellationToken cancellation) =>
        Task.FromResult(new CredentialCheck("somebody", []));

    public async IAsyncEnumerable<FactBatch> FetchAsync(FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Interlocked.Increment(ref fetches);
        Stopping = cancellation;
        lock (inside) MostAtOnce = Math.Max(MostAtOnce, inside[request.Credentials.Secret] = inside.GetValueOrDefault(request.Credentials.Secret) + 1);
        try
        {
            var start = int.Parse(request.CursorOf("", "step") ?? "0", CultureInfo.InvariantCulture);
            starts.Enqueue(start);
            for (var step = start; step < batches; step++)
            {
                if (IsPatient) await request.StoredCommits.FindMissing("any", [], cancellation);
                await Before(step);
                cancellation.ThrowIfCancellationRequested();
                var problem = step == 1 ? ProblemInBatch1 : null;
                var next = new CursorMove("", "step", (step + 1).ToString(CultureInfo.InvariantCulture));
                yield return new FactBatch(problem is null ? [.. Facts(step), .. More(step)] : [], next, $"Step {step}", step + 1, batches, 1, 2, problem);
            }
        }
        finally
        {
            lock (inside) inside[request.Credentials.Secret]--;
        }
    }

    private static List<Fact> Facts(int step) =>
    [
        Sample.Repository($"repository-{step}"),
        .. Enumerable.Range(1, 3).Select(number => Sample.PullRequest($"repository-{step}", number)),
    ];
}
