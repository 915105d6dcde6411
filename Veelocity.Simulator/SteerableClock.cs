namespace Veelocity.Simulator;

/// <summary>The simulator's time: another clock's, moved on as far as it was told to.</summary>
public sealed class SteerableClock(TimeProvider inner) : TimeProvider
{
    private long _aheadTicks;

    /// <summary>Moves on; time never goes back.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _aheadTicks, Math.Max(0, by.Ticks));

    /// <summary>Moves on to this moment, if it is later than now.</summary>
    public void AdvanceTo(DateTimeOffset moment) => Advance(moment - GetUtcNow());

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow().AddTicks(Interlocked.Read(ref _aheadTicks));

    /// <inheritdoc />
    public override long GetTimestamp() => inner.GetTimestamp();

    /// <inheritdoc />
    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
