namespace Veelocity.Web.Connectors.Http;

/// <summary>How many rows to ask for: halved when a page is too heavy, growing back slowly while pages are answered.</summary>
internal sealed class PageSize(int start, int most, TimeProvider clock)
{
    private const int TriesOfTheSmallest = 3;

    public int Current { get; private set; } = start;

    public async Task<T> AskAsync<T>(Func<int, Task<T>> ask, CancellationToken cancellation)
    {
        for (var failures = 0; ;)
        {
            try
            {
                var answer = await ask(Current);
                Current = Math.Min(most, Current + Math.Max(1, Current / 8));
                return answer;
            }
            catch (TooHeavyException heavy)
            {
                if (Current == 1 && ++failures == TriesOfTheSmallest)
                    throw new ConnectorException(ConnectorFault.Unreachable, heavy.Message, inner: heavy.InnerException);
            }
            Current = Math.Max(1, Current / 2);
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, cancellation);
        }
    }
}
