using System.Globalization;
using Veelocity.Web.Metrics.Flow;

namespace Veelocity.Web.Pages.Shared;

/// <summary>The stages of one change as pieces of a bar, to scale, and the gaps of its timeline as lines of a length to scale.</summary>
internal static class StageStrip
{
    private const double LongestLine = 144, ShortestLine = 12;

    public sealed record Piece(StageSpan Span, string Colour, double Share, string X, string Width);

    public static IReadOnlyList<Piece> Of(IReadOnlyList<StageSpan> spans)
    {
        var total = Math.Max(spans.Sum(span => span.Seconds), 1);
        var (pieces, at) = (new List<Piece>(), 0.0);
        foreach (var span in spans)
        {
            var share = span.Seconds / total;
            pieces.Add(new Piece(span, StageWords.Colour(span.Stage), share, Percent(at), Percent(share)));
            at += share;
        }
        return pieces;
    }

    /// <summary>How many pixels a gap is long; as long as the longest wait on the way to production at most.</summary>
    public static string Length(double seconds, double longest) =>
        Math.Clamp(LongestLine * seconds / Math.Max(longest, 1), ShortestLine, LongestLine).ToString("0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";
}
