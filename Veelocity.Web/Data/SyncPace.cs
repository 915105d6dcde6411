namespace Veelocity.Web.Data;

/// <summary>How fast a sync reads: items and the seconds they took, in which what is long past counts little.</summary>
public sealed record SyncPace(double Items, double Seconds, DateTimeOffset MeasuredAt)
{
    private const double MemorySeconds = 30;

    // Less tells nothing yet; a rate that is nearly nothing promises a time left that nobody believes.
    private const double FewestSeconds = 3;
    private const double LeastPerSecond = 0.05;

    public static SyncPace From(DateTimeOffset now) => new(0, 0, now);

    public SyncPace After(long items, DateTimeOffset now)
    {
        if (items < 0) return From(now);
        var seconds = Math.Max(0, (now - MeasuredAt).TotalSeconds);
        var remembered = Math.Exp(-seconds / MemorySeconds);
        return new SyncPace(Items * remembered + items, Seconds * remembered + seconds, now);
    }

    /// <summary>Null while it cannot be told. Falls by itself when nothing more arrives.</summary>
    public double? PerSecond(DateTimeOffset now)
    {
        var seconds = Seconds + Math.Max(0, (now - MeasuredAt).TotalSeconds);
        return seconds >= FewestSeconds && Items / seconds >= LeastPerSecond ? Items / seconds : null;
    }
}
