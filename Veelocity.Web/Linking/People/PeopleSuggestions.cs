using System.Globalization;
using System.Text;

namespace Veelocity.Web.Linking.People;

/// <summary>
/// Who could be the same person going by names: equal full names (whatever accents, case and order), or a login that equals another's login or
/// the part of an address before the @. Only ever suggested, never applied.
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
        string[] words = [.. Plain(account.Name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        if (words.Length > 1) yield return (string.Join(' ', words), person);
        var login = Plain(account.Login.Split('@')[0]).Replace(" ", "", StringComparison.Ordinal);
        if (login.Length >= ShortestKey) yield return (login, person);
        if (words.Length > 1 && string.Concat(Plain(account.Name!).Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { Length: >= ShortestKey } joined) yield return (joined, person);
    }

    // Letters and digits without their accents, in lower case; all else parts words.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            plain.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }
        return plain.ToString();
    }
}
