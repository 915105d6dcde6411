namespace Veelocity.Web.Connectors.Http;

/// <summary>
/// How a GraphQL question is asked again that the provider did not answer whole: for half as many rows each time, after a longer pause each
/// time. The size grows back slowly while pages are answered.
/// </summary>
internal sealed class PageSize(int start, int most, TimeProvider clock)
{
    private const int MaxTriesOfTheSmallest = 3;
    private const int MaxDoublings = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    public int Current { get; private set; } = start;

    /// <param name="ask">Asks for so many rows.</param>
    public async Task<T> RetryAsync<T>(Func<int, Task<T>> ask, CancellationToken cancellation)
    {
        var triesOfTheSmallest = 0;
        for (var failures = 0; ; failures++)
        {
            try
            {
                var answer = await ask(Current);
                Current = Math.Min(most, Current + Math.Max(1, Current / 8));
                return answer;
            }
            catch (TooHeavyException heavy)
            {
                if (Current == 1 && ++triesOfTheSmallest == MaxTriesOfTheSmallest)
                    throw new ConnectorException(ConnectorFault.Unreachable, heavy.Message, inner: heavy);
            }
            Current = Math.Max(1, Current / 2);
            // With jitter, so that many that failed together don't ask again together.
            await Task.Delay(FirstPause * (1 << Math.Min(failures, MaxDoublings)) * (0.5 + Random.Shared.NextDouble()), clock, cancellation);
        }
    }
}
