using System.Globalization;
using System.Text.Json;

namespace Veelocity.Web.Api.Input;

/// <summary>Which texts a type takes, and how to say so.</summary>
internal static class Expected
{
    private static readonly string[] Words = ["true", "false"];
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static bool Takes(Type type, string text) => Bare(type) switch
    {
        var bare when bare == typeof(string) => !text.Any(c => c == '\0' || char.IsSurrogate(c)) || IsWellFormed(text),
        var bare when bare == typeof(Guid) => Guid.TryParse(text, out _),
        var bare when bare == typeof(int) => int.TryParse(text, NumberStyles.Integer, Invariant, out _),
        var bare when bare == typeof(bool) => Words.Contains(text, StringComparer.OrdinalIgnoreCase),
        var bare when bare == typeof(DateOnly) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out _),
        var bare when bare == typeof(DateTimeOffset) =>
            DateTimeOffset.TryParse(text, Invariant, DateTimeStyles.AssumeUniversal, out _),
        _ => true,
    };

    public static string WordsFor(Type type)
    {
        var bare = Bare(type);
        if (bare == typeof(string)) return "Use text, without control characters.";
        if (bare == typeof(Guid)) return "Use an id (a UUID).";
        if (bare == typeof(int) || bare == typeof(long)) return "Use a whole number.";
        if (bare == typeof(bool)) return "Use true or false.";
        if (bare == typeof(DateOnly)) return "Use a date such as 2026-11-01.";
        if (bare == typeof(TimeOnly)) return "Use a time of day such as 09:30.";
        if (bare == typeof(DateTimeOffset)) return "Use a time such as 2026-11-01T09:30:00Z.";
        if (bare.IsEnum)
            return $"Use one of {string.Join(", ", Enum.GetNames(bare).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}.";
        return ElementOf(bare) is null || MapOf(bare) is not null ? "Use an object." : "Use a list.";
    }

    /// <summary>The type of a list's elements; null when it is no list.</summary>
    public static Type? ElementOf(Type type) => type == typeof(string)
        ? null
        : type.GetInterfaces().Append(type)
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    /// <summary>The type of an object's values by free names; null when it is none.</summary>
    public static Type? MapOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>)
            ? type.GetGenericArguments()[1]
            : null;

    public static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsWellFormed(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
