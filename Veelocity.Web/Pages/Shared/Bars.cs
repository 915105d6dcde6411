using Veelocity.Web.Platform.Formatting;
using System.Globalization;

namespace Veelocity.Web.Pages.Shared;

/// <summary>A bar drawn on the server in a table's line, in pieces; the numbers stand beside it.</summary>
/// <param name="InWords">For readers who do not see it.</param>
/// <param name="MarkAt">A line across it, as a share of the width; null for none.</param>
internal sealed record Bars(IReadOnlyList<Bars.Piece> Pieces, string InWords, double? MarkAt = null)
{
    /// <param name="Colour">A series token.</param>
    /// <param name="X">In percent of the width, as <paramref name="Width"/>.</param>
    public sealed record Piece(string Name, string Colour, string X, string Width);

    public string? Mark => MarkAt is { } at ? Percent(Math.Clamp(at, 0, 0.995)) : null;

    /// <param name="whole">What fills the width.</param>
    public static Bars Of(double whole, double? mark, params IReadOnlyList<(string Name, string Colour, double Value)> parts)
    {
        var (pieces, at, all) = (new List<Piece>(), 0.0, Math.Max(whole, 1e-9));
        foreach (var (name, colour, value) in parts)
        {
            if (value > 0) pieces.Add(new Piece(name, colour, Percent(at / all), Percent(value / all)));
            at += value;
        }
        return new Bars(pieces, string.Join(", ", parts.Select(part => $"{part.Name} {Numbers.Amount(part.Value)}")), mark / all);
    }

    private static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";
}
