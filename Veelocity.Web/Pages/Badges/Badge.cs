using System.Globalization;
using System.Text.Encodings.Web;
using Veelocity.Web.Metrics;

namespace Veelocity.Web.Pages.Badges;

/// <summary>A small picture with a name and a value, for a README; drawn with attributes alone, so that it needs no styles.</summary>
/// <param name="Title">What the value says, whole, for screen readers and on hover.</param>
internal sealed record Badge(string Name, string Value, Band? Band, string Title)
{
    private const string NameColour = "#1e3a5f";

    // White on each of them has a contrast of five and more.
    private string ValueColour => Band switch
    {
        Metrics.Band.Elite or Metrics.Band.High => "#19754c",
        Metrics.Band.Medium => "#8a5a12",
        Metrics.Band.Low => "#b03427",
        _ => "#566275",
    };

    public string ToSvg()
    {
        // The band in words, too: nobody has to tell it by its colour.
        var words = Band is { } band ? $"{Value} · {band.ToString().ToLowerInvariant()}" : Value;
        var (left, right) = (WidthOf(Name) + 16, WidthOf(words) + 16);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{Encoded(Title)}">
              <title>{Encoded(Title)}</title>
              <clipPath id="round"><rect width="{left + right}" height="20" rx="4"/></clipPath>
              <g clip-path="url(#round)">
                <rect width="{left}" height="20" fill="{NameColour}"/>
                <rect x="{left}" width="{right}" height="20" fill="{ValueColour}"/>
              </g>
              <g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
                <text x="8" y="14" textLength="{left - 16}" lengthAdjust="spacingAndGlyphs">{Encoded(Name)}</text>
                <text x="{left + 8}" y="14" textLength="{right - 16}" lengthAdjust="spacingAndGlyphs">{Encoded(words)}</text>
              </g>
            </svg>
            """);
    }

    /// <summary>About as wide as Verdana draws it; the text is fitted to it whatever the font.</summary>
    private static int WidthOf(string text) => (int)Math.Ceiling(text.Sum(letter => letter switch
    {
        'i' or 'j' or 'l' or '.' or ',' or ':' or 'I' or '\'' => 3.6,
        ' ' or 't' or 'f' or 'r' or '·' => 4.4,
        'm' or 'w' or 'M' or 'W' or '%' => 10.2,
        _ => 6.9,
    }));

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
