using System.Globalization;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>Reads a number as a page shows it, and says whether it is a value rounded once (M3).</summary>
internal static partial class Shown
{
    private static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal)
    {
        ["s"] = 1, ["min"] = 60, ["h"] = 3600, ["d"] = 86_400, ["day"] = 86_400, ["days"] = 86_400, ["wk"] = 604_800, ["week"] = 604_800, ["weeks"] = 604_800,
        ["month"] = 30.4375 * 86_400, ["months"] = 30.4375 * 86_400,
    };

    public static bool IsCount(string text, double? value) => IsOf(text, value, (number, _) => number);

    /// <summary>A count or a rate with two figures.</summary>
    public static bool IsNumber(string text, double? value) => IsOf(text, value, (number, _) => number);

    public static bool IsRate(string text, double? value) => IsOf(text, value * 100, (number, _) => number);

    /// <summary>In the unit that the text names.</summary>
    public static bool IsDuration(string text, double? seconds) => IsOf(text, seconds, (number, unit) => number / Units[unit]);

    /// <summary>Such as "3.2 a day" or "every 5 days".</summary>
    public static bool IsFrequency(string text, double? perDay) => text is "0" or "none" ? perDay == 0 : IsOf(text, perDay, (number, unit) =>
        text.StartsWith("every", StringComparison.Ordinal) ? 86_400 / number / Units[unit] : number * Units[unit[2..]] / 86_400);

    private static bool IsOf(string text, double? value, Func<double, string, double> inUnit)
    {
        if (value is not { } known) return text is "No data" or "no data" or "—";
        var parts = Parts().Match(text);
        if (!parts.Success) return false;
        var number = parts.Groups[1].Length == 0 ? 1 : double.Parse(parts.Groups[1].Value, NumberStyles.Number, CultureInfo.InvariantCulture);
        var decimals = parts.Groups[1].Value.Split('.') is [_, var after] ? after.Length : 0;
        var exact = inUnit(known, parts.Groups[2].Value);
        // A trailing zero is not always shown.
        var isExact = decimals == 0 && exact < 9.95 && parts.Groups[2].Value is not ("s" or "min" or "%") && !text.StartsWith("every", StringComparison.Ordinal);
        return Math.Abs(exact - number) <= (0.5 * Math.Pow(10, -(isExact ? 1 : decimals))) + 1e-9;
    }

    [GeneratedRegex(@"^(?:every )?([\d.,]*) ?(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
