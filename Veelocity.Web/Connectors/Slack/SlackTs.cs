using System.Globalization;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>Slack's times, which are ids as well: seconds with six decimals as text. As a floating number they would lose digits.</summary>
internal static class SlackTs
{
    /// <summary>After every message there will be.</summary>
    public const string Last = "9999999999.999999";

    public static DateTimeOffset ToTime(string ts) =>
        decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 10_000_000_000m
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : throw new MissingFieldException("readable ts");

    public static string Of(DateTimeOffset time)
    {
        var ticks = Math.Max(0, (time - DateTimeOffset.UnixEpoch).Ticks);
        return string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond:D10}.{ticks % TimeSpan.TicksPerSecond / 10:D6}");
    }
}
