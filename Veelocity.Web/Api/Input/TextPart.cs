namespace Veelocity.Web.Api.Input;

/// <summary>Text to look for anywhere in another, in any case, as a pattern of ILIKE.</summary>
internal static class TextPart
{
    /// <summary>Null when nothing is looked for.</summary>
    public static string? Of(string? text) => Literal(text) is { } literal ? $"%{literal}%" : null;

    /// <summary>The whole text, in any case; null when it is empty.</summary>
    public static string? Literal(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : text.Trim()
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
}
