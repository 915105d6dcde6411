using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Veelocity.Web.Connectors.Http;

/// <summary>
/// Drops from JSON what no text may hold: U+0000, which PostgreSQL rejects, and unpaired surrogates, which are no characters. Works on
/// the bytes, because a parser already rejects the row.
/// </summary>
internal static class JsonText
{
    private const int EscapeLength = 6; // \uXXXX

    private static readonly SearchValues<byte> Suspects = SearchValues.Create([0x00, (byte)'\\', 0xED]);

    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(Clean(json));

    public static async Task<HttpContent> CleanAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true) return content;
        var bytes = await content.ReadAsByteArrayAsync(cancellation);
        var clean = Clean(bytes);
        if (clean.Length == bytes.Length) return content;
        var replacement = new ReadOnlyMemoryContent(clean);
        foreach (var header in content.Headers.Where(h => h.Key != "Content-Length")) replacement.Headers.TryAddWithoutValidation(header.Key, header.Value);
        content.Dispose();
        return replacement;
    }

    public static ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> json)
    {
        var from = json.Span;
        ArrayBufferWriter<byte>? kept = null;
        var (start, at) = (0, 0);
        while (from[at..].IndexOfAny(Suspects) is var plain and >= 0)
        {
            at += plain;
            var (length, isText) = Next(from[at..]);
            if (!isText)
            {
                kept ??= new(from.Length);
                kept.Write(from[start..at]);
                start = at + length;
            }
            at += length;
        }
        if (kept is null) return json;
        kept.Write(from[start..]);
        return kept.WrittenMemory;
    }

    /// <summary>How many bytes belong together, and whether they stay.</summary>
    private static (int Length, bool IsText) Next(ReadOnlySpan<byte> from) => from[0] switch
    {
        0x00 => (1, false),
        // UTF-8 never encodes a surrogate; some encoders do.
        0xED => from is [_, >= 0xA0, _, ..] ? (3, false) : (1, true),
        _ => Escape(from),
    };

    private static (int, bool) Escape(ReadOnlySpan<byte> from)
    {
        if (CodeUnit(from) is not { } unit) return (Math.Min(2, from.Length), true);
        if (unit == '\0' || char.IsLowSurrogate(unit)) return (EscapeLength, false);
        if (!char.IsHighSurrogate(unit)) return (EscapeLength, true);
        return CodeUnit(from[EscapeLength..]) is { } low && char.IsLowSurrogate(low) ? (2 * EscapeLength, true) : (EscapeLength, false);
    }

    private static char? CodeUnit(ReadOnlySpan<byte> from) =>
        from.Length >= EscapeLength && from[0] == '\\' && from[1] == 'u'
        && ushort.TryParse(from[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
