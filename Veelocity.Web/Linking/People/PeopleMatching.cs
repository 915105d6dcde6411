using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.People;

/// <summary>
/// Finds which accounts are one person: those that share an exact key (the number of a GitHub account), an address, or a name that no other
/// account of the same provider has. An account that a person decided on stays where it is, and draws those that match it; two that were
/// decided differently are never joined. A bot's account is nobody else's.
/// </summary>
internal static class PeopleMatching
{
    // An address under which many commit is a shared mailbox or a build machine, not a person.
    private const int MostAccountsOfOneAddress = 4;

    // A name under which many commit says nothing about one of them.
    private const int MaxAddressesOfOneName = 4;

    /// <param name="emails">Addresses by account, normalized.</param>
    /// <param name="keptApart">Pairs of people who are different although their names are the same, the lesser id first.</param>
    /// <returns>The person of each account, by the account's id.</returns>
    public static Dictionary<Guid, Guid> Match(IReadOnlyList<AccountFacts> accounts, IEnumerable<(Guid AccountId, string Email)> emails,
        IReadOnlySet<(Guid, Guid)> keptApart)
    {
        var groups = new Groups(accounts.Where(a => !a.IsBot));
        var byLogin = accounts.Where(a => a.Provider != AccountFacts.GitProvider).ToLookup(a => a.Login, StringComparer.OrdinalIgnoreCase);
        var byExternalId = accounts.Where(a => a.Provider != AccountFacts.GitProvider).ToLookup(a => a.ExternalId, StringComparer.Ordinal);
        foreach (var account in accounts.Where(a => a.GitHubUserId is not null))
            foreach (var same in byExternalId[account.GitHubUserId!].Where(a => a.Provider == AccountFacts.GitHubProvider)) groups.Join(same.Id, account.Id);
        foreach (var address in emails.GroupBy(e => e.Email, e => e.AccountId, StringComparer.Ordinal).OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            List<Guid> holders = [.. address.Distinct()];
            if (EmailKeys.ExternalIdOf(address.Key) is { } id) holders.AddRange(byExternalId[id].Select(a => a.Id));
            else if (EmailKeys.LoginOf(address.Key) is { } login) holders.AddRange(byLogin[login].Take(2).Select(a => a.Id));
            else if (!EmailKeys.IsPersonal(address.Key) || holders.Count > MostAccountsOfOneAddress) continue;
            for (var i = 1; i < holders.Count; i++) groups.Join(holders[0], holders[i]);
        }
        JoinNames(groups, accounts, keptApart);
        return groups.People(accounts);
    }

    private static void JoinNames(Groups groups, IReadOnlyList<AccountFacts> accounts, IReadOnlySet<(Guid, Guid)> keptApart)
    {
        var named = accounts.Where(a => !a.IsBot).Select(a => (Key: NameKeys.Of(a), Account: a)).Where(n => n.Key is not null);
        foreach (var name in named.GroupBy(n => n.Key!, n => n.Account, StringComparer.Ordinal).OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            var people = name.GroupBy(a => groups.PersonOf(a.Id)).OrderBy(p => p.Min(a => a.Standing)).ToList();
            if (people.Count > 1 && IsUnique(people) && !people.Exists(one => people.Exists(other => AreKeptApart(one, other, keptApart))))
                foreach (var other in people.Skip(1)) groups.Join(people[0].Key, other.Key);
        }
    }

    // Two people at one provider with the same name are namesakes, as far as anyone can tell.
    private static bool IsUnique(List<IGrouping<Guid, AccountFacts>> people) =>
        people.Count(p => p.All(a => a.Provider == AccountFacts.GitProvider)) <= MaxAddressesOfOneName
        && people.SelectMany(p => p.Where(a => a.Provider != AccountFacts.GitProvider).Select(a => a.Provider).Distinct())
            .GroupBy(provider => provider, StringComparer.Ordinal).All(provider => provider.Count() == 1);

    private static bool AreKeptApart(IEnumerable<AccountFacts> one, IEnumerable<AccountFacts> other, IReadOnlySet<(Guid, Guid)> keptApart) =>
        keptApart.Count > 0 && one.Any(a => other.Any(b => a.PersonId is { } first && b.PersonId is { } second && keptApart.Contains(PeopleKeptApart.Pair(first, second))));

    /// <summary>Groups that know the one person decided for them, so that no join brings two decisions together.</summary>
    private sealed class Groups
    {
        private readonly Dictionary<Guid, Guid> _parents;
        private readonly Dictionary<Guid, Guid> _decided;

        public Groups(IEnumerable<AccountFacts> accounts)
        {
            var all = accounts.ToList();
            _parents = all.ToDictionary(a => a.Id, a => a.Id);
            _decided = all.Where(a => a is { IsDecided: true, PersonId: not null }).ToDictionary(a => a.Id, a => a.PersonId!.Value);
        }

        /// <summary>The group that an account is in so far, by one of its accounts.</summary>
        public Guid PersonOf(Guid account) => RootOf(account);

        public void Join(Guid one, Guid other)
        {
            if (!_parents.ContainsKey(one) || !_parents.ContainsKey(other)) return;
            var (a, b) = (RootOf(one), RootOf(other));
            if (a == b) return;
            var (ofA, ofB) = (_decided.TryGetValue(a, out var first), _decided.TryGetValue(b, out var second));
            if (ofA && ofB && first != second) return;
            _parents[b] = a;
            if (ofB) _decided[a] = second;
        }

        public Dictionary<Guid, Guid> People(IReadOnlyList<AccountFacts> accounts)
        {
            var people = accounts.Where(a => !_parents.ContainsKey(a.Id)).ToDictionary(a => a.Id, a => a is { IsDecided: true, PersonId: { } decided } ? decided : a.Id);
            foreach (var group in accounts.Where(a => _parents.ContainsKey(a.Id)).GroupBy(a => RootOf(a.Id)))
            {
                var person = _decided.TryGetValue(group.Key, out var decided) ? decided : StandsFor(group);
                foreach (var account in group) people[account.Id] = person;
            }
            return people;
        }

        // A person has the id of the account that stands for them, unless that one was given to someone else.
        private static Guid StandsFor(IEnumerable<AccountFacts> group) => group.MinBy(a => a.Standing)!.Id;

        private Guid RootOf(Guid account)
        {
            while (_parents[account] is var parent && parent != account)
            {
                _parents[account] = _parents[parent];
                account = parent;
            }
            return account;
        }
    }
}
