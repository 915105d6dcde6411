using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Sync;

/// <summary>A real connector in a process that is killed after so many batches, each time a few more.</summary>
internal sealed class StoppingConnector(IConnector inner, Func<int> batchesToLive) : IConnector
{
    public ConnectorInfo Info => inner.Info;

    public Task<CredentialCheck> TestAsync(ConnectorCredentials credentials, CancellationToken cancellation) =>
        inner.TestAsync(credentials, cancellation);

    public async IAsyncEnumerable<FactBatch> FetchAsync(FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var left = batchesToLive();
        await foreach (var batch in inner.FetchAsync(request, cancellation))
        {
            yield return batch;
            if (--left == 0) throw new OperationCanceledException("The process was killed.");
        }
    }
}
