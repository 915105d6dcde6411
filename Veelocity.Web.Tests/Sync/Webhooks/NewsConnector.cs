using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Sync.Webhooks;

/// <summary>A provider that is only asked for single pull requests; tests may act, or refuse, before it answers.</summary>
internal sealed class NewsConnector : IConnector, IRefresh
{
    public const string Kind = "news";
    private readonly ConcurrentQueue<IReadOnlyList<int>> asked = [];
    private int under;

    public ConnectorInfo Info { get; } = new(Kind, "News", Kind, 9, []);

    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>The pull requests named in each request.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Asked => [.. asked];

    public int MostAtOnce { get; private set; }

    public Task<CredentialCheck> TestAsync(ConnectorCredentials credentials, CancellationToken cancellation) =>
        Task.FromResult(new CredentialCheck("somebody", []));

    public async IAsyncEnumerable<FactBatch> FetchAsync(FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        yield return new FactBatch([Sample.Repository("42")], null, "Repositories", 1, 1, 1, 0);
    }

    public async IAsyncEnumerable<FactBatch> RefreshAsync(RefreshRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var numbers = request.Targets.OfType<PullRequestTarget>().Select(target => target.Number).ToList();
        asked.Enqueue(numbers);
        lock (asked) MostAtOnce = Math.Max(MostAtOnce, ++under);
        try
        {
            await Before();
            cancellation.ThrowIfCancellationRequested();
            yield return new FactBatch(
                [.. numbers.Select(number => Sample.PullRequest(request.Repository.ExternalId, number))], null, "Pull requests", numbers.Count, null, 1, 1);
        }
        finally
        {
            lock (asked) under--;
        }
    }
}
