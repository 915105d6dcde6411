using System.Runtime.CompilerServices;

namespace Veelocity.Web.Connectors;

/// <summary>Keeps what fails for one repository from stopping the others.</summary>
internal sealed class ScopedReading(FetchProgress progress)
{
    private const int MostTroublesInARow = 3;

    private int _troublesInARow;

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        string scope, string phase, IAsyncEnumerable<FactBatch> batches, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var reading = batches.GetAsyncEnumerator(cancellation);
        while (true)
        {
            ScopeProblem? problem = null;
            try
            {
                if (!await reading.MoveNextAsync())
                    break;
                _troublesInARow = 0;
            }
            catch (ConnectorException failure) when (ConcernsOneScope(failure))
            {
                problem = new ScopeProblem(scope, failure.Fault, failure.Message);
            }
            if (problem is not null)
            {
                yield return progress.Batch(phase, [], null, problem);
                break;
            }
            yield return reading.Current;
        }
    }

    // A server that answers with trouble may choke on one repository only; when it does for several in a row it is the server.
    private bool ConcernsOneScope(ConnectorException failure) => failure.Fault switch
    {
        ConnectorFault.NotFound or ConnectorFault.MissingPermission or ConnectorFault.FeatureDisabled
            or ConnectorFault.SsoRequired or ConnectorFault.Malformed => true,
        ConnectorFault.Unreachable => failure.InnerException is HttpRequestException { StatusCode: not null } or null
            && ++_troublesInARow < MostTroublesInARow,
        _ => false,
    };
}
