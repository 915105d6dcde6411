namespace Veelocity.Web.Linking.People;

/// <summary>
/// Finds which accounts are one person: those that share an exact key (the number of a GitHub account) or an address. Names only suggest and
/// are not looked at here. An account that a person decided on stays where it is, and draws those that match it; two that were decided
/// differently are never joined. A machine's account is nobody else's.
/// </summary>
internal static class PeopleMatching
{
    // An address under which many commit is a shared mailbox or a build machine, not a person.
    private const int MostAccountsOfOneAddress = 4;

    /// <param name="emails">Addresses by account, normalized.</param>
    /// <returns>The person of each account, by the account's id.</returns>
    public static Dictionary<Guid, Guid> Match(IReadOnlyList<AccountFacts> accounts, IEnumerable<(Guid AccountId, string Email)> emails)
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
        return groups.People(accounts);
    }

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
                var person = _decided.TryGetValue(group.Key, out var decided) ? decided : PersonOf(group);
                foreach (var account in group) people[account.Id] = person;
            }
            return people;
        }

        // A person has the id of the account that stands for them, unless that one was given to someone else.
        private static Guid PersonOf(IEnumerable<AccountFacts> group) => group.MinBy(a => a.Standing)!.Id;

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
