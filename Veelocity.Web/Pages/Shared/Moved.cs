using Veelocity.Web.Metrics;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Shared;

/// <summary>Says how a value moved, and whether that is good, in words and not by colour alone.</summary>
internal static class Moved
{
    private const double Little = 0.005;

    /// <param name="more">What a rise is called: "more often", "slower".</param>
    /// <param name="less">What a fall is called.</param>
    public static KpiTrend Trend(Trend trend, string more, string less, bool isRiseGood, string versus) => trend switch
    {
        { IsNew: true } => new("arrow-up", "new", isRiseGood ? "good" : "bad", "nothing in the period before"),
        { Change: null } => new("minus", "no comparison", "muted", "too little to compare with"),
        { Change: > -Little and < Little } => new("minus", "unchanged", "muted", versus),
        { Change: > 0 and { } rise } => new("arrow-up", $"{Numbers.Change(rise)} {more}", isRiseGood ? "good" : "bad", versus),
        { Change: { } fall } => new("arrow-down", $"{Numbers.Change(fall)} {less}", isRiseGood ? "bad" : "good", versus),
    };

    /// <summary>A chart's title: "Lead time fell to 1.4 d".</summary>
    public static string Title(string name, Trend trend, string value) => trend.Change switch
    {
        null => $"{name}: {value}",
        > -0.05 and < 0.05 => $"{name} held at {value}",
        > 0 => $"{name} rose to {value}",
        _ => $"{name} fell to {value}",
    };

    public static KpiBand? Band(Band? band) => band is { } level
        ? new KpiBand(level.ToString(), level switch { Metrics.Band.Elite or Metrics.Band.High => "pill-good", Metrics.Band.Medium => "pill-caution", _ => "pill-bad" }, "2024", Bands.Source)
        : null;
}
