namespace Veelocity.Web.Connectors.GitHub;

/// <summary>A way through the pages of a list, newest first, that ends where the new ones do.</summary>
/// <param name="growth">How many more there are than before; null or none leads through the whole list, because some may be gone.</param>
/// <param name="after">Where a first reading that was interrupted goes on.</param>
internal sealed class Walk<TFact>(bool isWanted, bool isFirst, long? growth, string? after, Func<TFact, string> keyOf)
    where TFact : Fact
{
    private readonly List<string>? _seen = after is null ? [] : null;
    private readonly bool _isWhole = growth is null or <= 0;
    private long _missing = growth ?? 0;

    public bool IsOpen { get; private set; } = isWanted;
    public bool IsFirst => isFirst;
    public string? After { get; private set; } = after;

    /// <summary>All keys once the whole list was read; else null.</summary>
    public IReadOnlyCollection<string>? Everything { get; private set; }

    public void Take(PageNode? page, IReadOnlyList<Fact> facts, Func<TFact, bool> isNew)
    {
        Everything = null;
        if (!IsOpen || page is null) return;
        _seen?.AddRange(facts.Cast<TFact>().Select(keyOf));
        _missing -= facts.Cast<TFact>().Count(isNew);
        After = page.Next;
        if (After is null) Everything = _seen;
        IsOpen = After is not null && (isFirst || _isWhole || _missing > 0);
    }
}
