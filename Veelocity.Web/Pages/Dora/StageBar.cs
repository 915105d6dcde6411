using System.Globalization;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;

namespace Veelocity.Web.Pages.Dora;

/// <summary>The mean stages of a lead time as pieces of one bar, in percent of its width (M20).</summary>
internal static class StageBar
{
    public sealed record Piece(string Name, string What, string Colour, Figure Figure, double Seconds, double Share, string X, string Width);

    public static IReadOnlyList<Piece> Of(LeadTimeForChanges.Stages stages)
    {
        (string Name, string What, string Colour, Figure Figure, double? Seconds)[] all =
        [
            ("Coding", "first commit to ready for review", "navy", Figure.Coding, stages.Coding),
            ("Pickup", "ready to first review", "amber", Figure.Pickup, stages.Pickup),
            ("Review", "first review to last approval", "violet", Figure.Review, stages.Review),
            ("Merge", "last approval to merged", "grey", Figure.Merge, stages.Merge),
            ("Deploy", "merged to in production", "teal", Figure.Deploy, stages.Deploy),
        ];
        var total = Math.Max(all.Sum(stage => stage.Seconds ?? 0), 1);
        var (pieces, at) = (new List<Piece>(), 0.0);
        foreach (var (name, what, colour, figure, seconds) in all)
        {
            var share = (seconds ?? 0) / total;
            pieces.Add(new Piece(name, what, colour, figure, seconds ?? 0, share, Percent(at), Percent(share)));
            at += share;
        }
        return pieces;
    }

    /// <summary>The stage that took most of one change.</summary>
    public static string Longest(ChangeItems.Item item) => new (string Name, double? Seconds)[]
    {
        ("coding", item.CodingSeconds), ("pickup", item.PickupSeconds), ("review", item.ReviewSeconds), ("merge", item.MergeSeconds), ("deploy", item.DeploySeconds),
    }.MaxBy(stage => stage.Seconds ?? -1).Name;

    private static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";
}
