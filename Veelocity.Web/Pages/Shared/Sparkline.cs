using System.Globalization;

namespace Veelocity.Web.Pages.Shared;

/// <summary>A small drawing of a value over time, made on the server: no axis, no script. Nulls are gaps; partial buckets are hatched.</summary>
/// <param name="Colour">A series token: navy, teal, …</param>
/// <param name="InWords">For readers who do not see it.</param>
internal sealed record Sparkline(string Id, string Colour, bool IsBars, IReadOnlyList<double?> Values, IReadOnlyList<bool> Partial, string InWords)
{
    public const double Width = 180, Height = 36;
    private const double Top = 3, Gap = 0.25;

    public sealed record Bar(string X, string Y, string Width, string Height, bool IsPartial);

    private double Slot => Width / Math.Max(1, Values.Count);
    private double Highest => Values.Max() is { } highest and > 0 ? highest : 1;

    public IEnumerable<Bar> Bars()
    {
        for (var i = 0; i < Values.Count; i++)
            if (Values[i] is > 0 and { } value)
                yield return new Bar(N((i + Gap / 2) * Slot), N(Y(value)), N(Slot * (1 - Gap)), N(Height - Y(value)), Partial[i]);
    }

    /// <summary>The lines between whole buckets, and those that lead to a partial one.</summary>
    public (string Whole, string Partial) Paths()
    {
        var (whole, partial) = ("", "");
        for (var i = 1; i < Values.Count; i++)
        {
            if (Values[i - 1] is not { } from || Values[i] is not { } to) continue;
            var piece = $"M{N(X(i - 1))} {N(Y(from))}L{N(X(i))} {N(Y(to))}";
            if (Partial[i] || Partial[i - 1]) partial += piece;
            else whole += piece;
        }
        return (whole, partial);
    }

    /// <summary>Values between two gaps: no line reaches them.</summary>
    public IEnumerable<(string X, string Y)> Dots()
    {
        for (var i = 0; i < Values.Count; i++)
            if (Values[i] is { } value && (i == 0 || Values[i - 1] is null) && (i == Values.Count - 1 || Values[i + 1] is null))
                yield return (N(X(i)), N(Y(value)));
    }

    /// <summary>Where the last bucket begins, when it is partial: its ground is hatched.</summary>
    public string? PartialFrom => Partial.Count > 0 && Partial[^1] && !IsBars ? N((Values.Count - 1) * Slot) : null;

    public string SlotWidth => N(Slot);

    private double X(int index) => (index + 0.5) * Slot;

    private double Y(double value) => Top + (Height - Top) * (1 - value / Highest);

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
