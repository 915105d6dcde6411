namespace Veelocity.Web.Connectors.Http;

/// <summary>Counts what one fetch costs: requests really sent, retries included, and the points they took.</summary>
internal sealed class RequestMeter
{
    public static readonly HttpRequestOptionsKey<RequestMeter> Key = new("veelocity.meter");

    private int _requests;
    private int _points;

    /// <summary>The provider said that nothing is left until then; null while there is something.</summary>
    public DateTimeOffset? EmptyUntil { get; set; }

    public void CountRequest() => Interlocked.Increment(ref _requests);

    public void CountPoints(int points) => Interlocked.Add(ref _points, points);

    /// <summary>What came together since the last time, and starts again at zero.</summary>
    public (int Requests, int Points) Take() => (Interlocked.Exchange(ref _requests, 0), Interlocked.Exchange(ref _points, 0));
}
