using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.People;

/// <summary>What each person is called: the name of the account that stands for them, and a login behind names that several people have.</summary>
internal static class PeopleNames
{
    /// <param name="people">The person of each account, by the account's id.</param>
    public static Dictionary<Guid, string> Of(IEnumerable<AccountFacts> accounts, IReadOnlyDictionary<Guid, Guid> people)
    {
        var everyone = accounts.GroupBy(a => people[a.Id]).Select(g => (Id: g.Key, Accounts: g.OrderBy(a => a.Standing).ToList()))
            .Select(p => (p.Id, p.Accounts, Name: NameOf(p.Accounts))).ToList();
        var shared = everyone.Where(p => !p.Accounts[0].IsBot).CountBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Where(n => n.Value > 1)
            .Select(n => n.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return everyone.ToDictionary(
            p => p.Id, p => shared.Contains(p.Name) && !p.Accounts[0].IsBot ? Person.NameWithLogin(p.Name, p.Accounts[0].Login.Split('@')[0]) : p.Name);
    }

    /// <summary>Brings the names up to date after someone merged or split people.</summary>
    public static async Task RefreshAsync(VeelocityDb db, CancellationToken cancellation)
    {
        var accounts = await db.Accounts.AsNoTracking().Where(a => a.PersonId != null).ToListAsync(cancellation);
        var names = Of(
            accounts.Select(a => new AccountFacts(a.Id, a.Provider, a.ExternalId, a.Login, a.Name, a.IsBot, a.PersonId, a.PersonDecidedAt is not null)),
            accounts.ToDictionary(a => a.Id, a => a.PersonId!.Value));
        foreach (var person in await db.People.ToListAsync(cancellation))
            if (names.TryGetValue(person.Id, out var name) && person.Name != name) person.Name = name;
        await db.SaveChangesAsync(cancellation);
    }

    private static string NameOf(List<AccountFacts> accounts) =>
        accounts.Find(a => !string.IsNullOrWhiteSpace(a.Name))?.Name!.Trim() ?? accounts[0].Login;
}
