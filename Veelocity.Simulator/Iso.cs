using System.Globalization;

namespace Veelocity.Simulator;

/// <summary>Instants as GitHub writes them: UTC, whole seconds, <c>Z</c>.</summary>
internal static class Iso
{
    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string? Text(DateTimeOffset? instant) => instant is { } value ? Text(value) : null;

    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : null;
}
