namespace Veelocity.Web.Platform.Formatting;

/// <summary>How counts, rates and frequencies are written, with the separators the reader is used to.</summary>
public static class Numbers
{
    public static string Count(long count) => count.ToString("N0", Reader.Culture);

    /// <summary>A noun with its count: "1 pull request", "1,204 pull requests".</summary>
    public static string Count(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>A fraction as a percentage, with one decimal below 10 %.</summary>
    public static string Rate(double fraction)
    {
        // Decimal, because 0.285 × 100 is not 28.5 in binary; rounded from the exact value, never from a rounded one (M3).
        var percent = (decimal)fraction * 100;
        var isWhole = percent >= 9.95m || Math.Abs(percent) < 0.05m;
        return Math.Round(percent, isWhole ? 0 : 1, MidpointRounding.AwayFromZero).ToString(isWhole ? "0" : "0.0", Reader.Culture) + " %";
    }

    /// <summary>A relative change without its sign, which an arrow or a word tells; above tenfold as a multiple.</summary>
    public static string Change(double change) =>
        change >= 9 ? TwoFigures(change + 1) + "-fold" : Rate(Math.Abs(change));

    /// <summary>A frequency as people say it: "3.2 a day", "4.9 a week", "every 5 days".</summary>
    public static string Frequency(double? known)
    {
        if (known is not { } perDay) return "no data";
        if (perDay <= 0) return "none";
        if (perDay >= 0.995) return TwoFigures(perDay) + " a day";
        if (perDay * 7 >= 2.95) return TwoFigures(perDay * 7) + " a week";

        var days = 1 / perDay;
        return days switch
        {
            < 13.5 => Every(days, "day"),
            < 55 => Every(days / 7, "week"),
            _ => Every(days / 30.4375, "month"),
        };
    }

    /// <summary>Two significant figures below a hundred, whole numbers above; no trailing zero.</summary>
    public static string TwoFigures(double value)
    {
        var size = Math.Abs(value);
        return value.ToString(size switch { < 0.0995 => "0.0##", < 9.95 => "0.#", _ => "#,##0" }, Reader.Culture);
    }

    public static string TwoFigures(double? value) => value is { } known ? TwoFigures(known) : "—";

    /// <summary>With exactly so many decimals.</summary>
    public static string WithDecimals(double value, int decimals) => value.ToString($"N{decimals}", Reader.Culture);

    /// <summary>With at most so many decimals, and none that is zero: points, places.</summary>
    public static string Amount(double value, int decimals = 1) => value.ToString("#,##0." + new string('#', decimals), Reader.Culture);

    private static string Every(double count, string unit)
    {
        var rounded = (long)Math.Round(count, MidpointRounding.AwayFromZero);
        return rounded <= 1 ? $"every {unit}" : $"every {Count(rounded)} {unit}s";
    }
}
