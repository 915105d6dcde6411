using System.Runtime.CompilerServices;

namespace Veelocity.Web.Connectors;

/// <summary>Keeps what fails for one repository, or one part of it, from stopping the others.</summary>
internal sealed class ScopedReading(FetchProgress progress)
{
    /// <summary>A server that answers with trouble may choke on one thing only; when it does for several in a row it is the server.</summary>
    public const int MaxTroublesInARow = 3;

    private readonly HashSet<string> _troubledInARow = new(StringComparer.Ordinal);

    public IAsyncEnumerable<FactBatch> ReadAsync(
        string scope, string phase, IAsyncEnumerable<FactBatch> batches, CancellationToken cancellation) =>
        ReadAsync(scope, [(phase, batches)], cancellation);

    /// <summary>
    /// Parts of one scope, each under its name: where the provider does not answer for one, the next is read all the same. A refusal holds
    /// for all of them.
    /// </summary>
    public async IAsyncEnumerable<FactBatch> ReadAsync(
        string scope, IEnumerable<(string Phase, IAsyncEnumerable<FactBatch> Batches)> parts, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (phase, batches) in parts)
        {
            await using var reading = batches.GetAsyncEnumerator(cancellation);
            while (true)
            {
                ConnectorException? problem = null;
                try
                {
                    if (!await reading.MoveNextAsync())
                        break;
                    _troubledInARow.Clear();
                }
                catch (ConnectorException failure) when (ConcernsOneScope(failure, scope))
                {
                    problem = failure;
                }
                if (problem is null)
                {
                    yield return reading.Current;
                    continue;
                }
                yield return progress.Batch(phase, [], null, new ScopeProblem(scope, problem.Fault, problem.Message));
                if (problem.Fault != ConnectorFault.Unreachable)
                    yield break;
                break;
            }
        }
    }

    private bool ConcernsOneScope(ConnectorException failure, string scope) => failure.Fault switch
    {
        ConnectorFault.NotFound or ConnectorFault.MissingPermission or ConnectorFault.FeatureDisabled
            or ConnectorFault.SsoRequired or ConnectorFault.Malformed => true,
        ConnectorFault.Unreachable when failure.IsTooHeavy || failure.InnerException is HttpRequestException { StatusCode: not null } or null =>
            _troubledInARow.Add(scope) ? _troubledInARow.Count < MaxTroublesInARow : true,
        _ => false,
    };
}
