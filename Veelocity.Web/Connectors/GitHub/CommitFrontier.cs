namespace Veelocity.Web.Connectors.GitHub;

/// <summary>
/// Tells new commits from known ones along a history listed by date: an old branch merged lately brings commits that are listed far
/// behind the known head, so the walk ends only when everything still open is reachable from that head.
/// </summary>
internal sealed class CommitFrontier(string head, string? known)
{
    private readonly HashSet<string> _openNew = [head];
    private readonly HashSet<string> _openKnown = known is null ? [] : [known];
    private readonly HashSet<string> _passed = new(StringComparer.Ordinal);

    /// <summary>Nothing new can follow.</summary>
    public bool IsClosed => known is not null && _openNew.All(_openKnown.Contains);

    /// <summary>To be asked for each commit in the order of the list.</summary>
    public bool IsNew(string? oid, IEnumerable<string> parents)
    {
        if (oid is null)
            return true;
        var isKnown = _openKnown.Remove(oid);
        _openNew.Remove(oid);
        _passed.Add(oid);
        foreach (var parent in parents)
        {
            if (!_passed.Contains(parent))
                (isKnown ? _openKnown : _openNew).Add(parent);
        }
        return !isKnown;
    }
}
