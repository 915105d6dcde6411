namespace Veelocity.Web.Linking.People;

/// <summary>
/// Who else could be the same person: equal full names (whatever accents, case and order) that matching found ambiguous, or a login that
/// equals another's login or the part of an address before the @. Only suggested, never applied.
/// </summary>
internal static class PeopleSuggestions
{
    private const int ShortestKey = 5;

    // A name that so many share says nothing of one.
    private const int MostOfOneKey = 4;

    /// <param name="keptApart">Pairs that someone said are different, the lesser id first.</param>
    public static List<(Guid One, Guid Other, string Why)> Of(IEnumerable<AccountFacts> accounts, IReadOnlySet<(Guid, Guid)> keptApart)
    {
        var keys = accounts.Where(a => a is { IsBot: false, PersonId: not null }).SelectMany(KeysOf).Distinct();
        var suggested = new Dictionary<(Guid, Guid), string>();
        foreach (var same in keys.GroupBy(k => k.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Guid[] people = [.. same.Select(k => k.PersonId).Distinct().Order()];
            if (people.Length is < 2 or > MostOfOneKey) continue;
            foreach (var other in people.Skip(1))
                if (!keptApart.Contains((people[0], other))) suggested.TryAdd((people[0], other), same.Key.Contains(' ') ? "the same name" : "a login like the other's");
        }
        return [.. suggested.Select(s => (s.Key.Item1, s.Key.Item2, s.Value))];
    }

    private static IEnumerable<(string Key, Guid PersonId)> KeysOf(AccountFacts account)
    {
        var person = account.PersonId!.Value;
        var words = NameKeys.WordsOf(account.Name);
        if (words.Length > 1) yield return (string.Join(' ', words.Order(StringComparer.Ordinal)), person);
        var login = string.Concat(NameKeys.WordsOf(account.Login.Split('@')[0]));
        if (login.Length >= ShortestKey) yield return (login, person);
        if (words.Length > 1 && string.Concat(words) is { Length: >= ShortestKey } joined) yield return (joined, person);
    }
}
