namespace Veelocity.Web.Tests.Sync;

/// <summary>A machine's clock that is off, until someone mends it. Time passes on it as everywhere.</summary>
internal sealed class WrongClock(TimeSpan ahead) : TimeProvider
{
    private TimeSpan ahead = ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public void Mend() => ahead = TimeSpan.Zero;
}
