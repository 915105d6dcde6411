namespace Veelocity.Simulator.Worlds;

/// <summary>Lets many answers read the world at once, and a change have it alone.</summary>
internal sealed class Turns
{
    private readonly object _gate = new();
    private int _reading;
    private int _waiting;

    public IDisposable Read()
    {
        lock (_gate)
        {
            while (_waiting > 0)
                Monitor.Wait(_gate);
            _reading++;
        }

        return new Turn(EndReading);
    }

    /// <summary>Waits for the answers under way; a change within a change is the same turn.</summary>
    public T Write<T>(Func<T> change)
    {
        lock (_gate)
        {
            _waiting++;
            while (_reading > 0)
                Monitor.Wait(_gate);
            try
            {
                return change();
            }
            finally
            {
                _waiting--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void EndReading()
    {
        lock (_gate)
        {
            if (--_reading == 0)
                Monitor.PulseAll(_gate);
        }
    }

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
