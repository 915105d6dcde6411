namespace Veelocity.Web.Platform.Formatting;

/// <summary>How a length of time is written: one unit and two significant figures, with the exact value for those who ask.</summary>
public static class Durations
{
    private const double Minute = 60, Hour = 60 * Minute, Day = 24 * Hour, Week = 7 * Day;

    public static string Short(double seconds) => In(UnitFor(seconds), seconds);

    /// <summary>The unit in which a value reads best; a chart's axis takes that of its largest value.</summary>
    public static DurationUnit UnitFor(double seconds) => seconds switch
    {
        < 59.5 => new("s", 1),
        < 59.5 * Minute => new("min", Minute),
        < 23.95 * Hour => new("h", Hour),
        < 13.95 * Day => new("d", Day),
        _ => new("wk", Week),
    };

    /// <summary>To the minute: "1 d 9 h 36 min"; below a minute, to the second.</summary>
    public static string Exact(double seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Round(Math.Max(0, seconds)));
        if (span < TimeSpan.FromMinutes(1)) return string.Create(Reader.Culture, $"{span.Seconds} s");
        if (span < TimeSpan.FromHours(1)) return string.Create(Reader.Culture, $"{span.Minutes} min {span.Seconds} s");

        span = TimeSpan.FromMinutes(Math.Round(span.TotalMinutes));
        var parts = new[] { (span.Days, "d"), (span.Hours, "h"), (span.Minutes, "min") };
        return string.Join(' ', parts.SkipWhile(part => part.Item1 == 0).Select(part => $"{Numbers.Count(part.Item1)} {part.Item2}"));
    }

    private static string In(DurationUnit unit, double seconds)
    {
        var value = unit.Of(seconds);
        var isCoarse = unit.Seconds >= Hour && value < 9.95;
        return $"{value.ToString(isCoarse ? "0.0" : "#,##0", Reader.Culture)} {unit.Name}";
    }
}

/// <summary>A unit of time and how many seconds it holds.</summary>
public sealed record DurationUnit(string Name, double Seconds)
{
    public double Of(double seconds) => seconds / Seconds;
}
