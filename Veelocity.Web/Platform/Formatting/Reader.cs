using System.Globalization;

namespace Veelocity.Web.Platform.Formatting;

/// <summary>
/// For whom numbers, dates and instants are written now. Pages set it (<see cref="ReaderMiddleware"/>); the API, files, mails, badges and logs have no
/// reader and are written the same for everyone. Kept apart from the thread's culture, which forms, SVG coordinates and parsing depend on.
/// </summary>
public static class Reader
{
    private static readonly AsyncLocal<Ways?> Current = new();

    /// <summary>How the reader writes numbers and orders dates; words stay English.</summary>
    public static CultureInfo Culture => Current.Value?.Culture ?? CultureInfo.InvariantCulture;

    /// <summary>Where the reader's clock is; null while nobody knows.</summary>
    public static TimeZoneInfo? Zone => Current.Value?.Zone;

    /// <summary>For the rest of this request.</summary>
    public static void Set(CultureInfo culture, TimeZoneInfo? zone) => Current.Value = new Ways(culture, zone);

    private sealed record Ways(CultureInfo Culture, TimeZoneInfo? Zone);
}
