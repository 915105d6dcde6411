namespace Veelocity.Web.Pages.Shared;

/// <summary>One measured value on a card, ready to be drawn; what it lacks is said in words.</summary>
/// <param name="Value">As people read it; null when there is none.</param>
/// <param name="Exact">The same to the last digit, shown on hover.</param>
/// <param name="IsMuted">From too few items to lean on (M4).</param>
/// <param name="Count">What it was computed from: "214 pull requests".</param>
/// <param name="Missing">Without a value: why there is none.</param>
/// <param name="Why">The address of its explanation (M35).</param>
/// <param name="Poor">What keeps it from being believed, in one line (M36); null when the data is good.</param>
internal sealed record Kpi(
    string Id,
    string Name,
    string Definition,
    string? Href,
    string? Value,
    string? Exact,
    bool IsMuted,
    KpiBand? Band,
    KpiTrend? Trend,
    Sparkline? Sparkline,
    string? Count,
    KpiMissing? Missing = null,
    string? Why = null,
    KpiMissing? Poor = null);

/// <summary>A band with its source's year (M25).</summary>
internal sealed record KpiBand(string Name, string Tone, string Year, string Source);

/// <summary>How the value moved, with a word for whether that is good.</summary>
internal sealed record KpiTrend(string Icon, string Words, string Tone, string Versus);

/// <summary>Why there is no value, or one to doubt, and where that can be changed.</summary>
internal sealed record KpiMissing(string Why, string? LinkText, string? Href);
