namespace Veelocity.Web.Tests.Recomputed;

/// <summary>A clock that a test can put forward and back.</summary>
internal sealed class SettableClock : TimeProvider
{
    /// <summary>Null while it shows the time.</summary>
    public DateTimeOffset? Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now ?? base.GetUtcNow();
}
