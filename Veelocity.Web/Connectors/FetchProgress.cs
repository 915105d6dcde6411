using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors;

/// <summary>Knows how far a fetch is and puts that and the cost since the last batch on each batch.</summary>
internal sealed class FetchProgress(RequestMeter meter)
{
    private long _done;
    private long _expected;

    /// <summary>More items are to come than was known.</summary>
    public void Expect(long items) => _expected += items;

    public FactBatch Batch(string phase, IReadOnlyList<Fact> facts, CursorMove? cursor, ScopeProblem? problem = null, int items = 0)
    {
        _done += items;
        var (requests, points) = meter.Take();
        return new FactBatch(
            facts, cursor, phase, _done, _expected > 0 ? Math.Max(_done, _expected) : null, requests, points, problem);
    }
}
