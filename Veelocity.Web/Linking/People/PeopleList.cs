using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.People;

/// <summary>Reads an organization's people with their accounts, and who could be the same. Some thousands are read and sifted in memory.</summary>
internal sealed class PeopleList(VeelocityDb db)
{
    public enum Selection
    {
        Everyone,
        People,
        Bots,
        Several,
        ByHand,
    }

    /// <param name="IsDecided">Someone said whose it is.</param>
    public sealed record Login(Guid Id, string Provider, string Name, string? Email, bool IsBot, AccountKind Kind, AccountKind? MarkedAs, bool IsDecided)
    {
        public bool IsAddress => Provider == AccountFacts.GitProvider;
        public string Icon => Provider switch { AccountFacts.GitProvider => "mail", "slack" => "brand-slack", "linear" => "list-check", _ => "brand-github" };
    }

    public sealed record Someone(Guid Id, string Name, IReadOnlyList<Login> Logins)
    {
        public bool IsBot => Logins.All(l => l.IsBot);
        public bool IsByHand => Logins.Any(l => l.IsDecided || l.MarkedAs is not null);

        public bool Mentions(string text) =>
            Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            || Logins.Any(l => l.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || l.Email?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
    }

    public sealed record Suggestion(Someone One, Someone Other, string Why);

    /// <param name="Matching">How many the search and the selection leave; of them one page is in <paramref name="People"/>.</param>
    public sealed record Answer(IReadOnlyList<Someone> People, int Matching, IReadOnlyDictionary<Selection, int> Counts, IReadOnlyList<Suggestion> Suggestions)
    {
        public static readonly Answer None = new([], 0, new Dictionary<Selection, int>(), []);
    }

    public static Selection SelectionOf(string? word) => Enum.TryParse<Selection>(word, ignoreCase: true, out var selection) && Enum.IsDefined(selection) ? selection : Selection.Everyone;

    public async Task<Answer> AskAsync(string? text, Selection selection, int skip, int take, CancellationToken cancellation)
    {
        var accounts = await AccountsAsync(cancellation);
        var everyone = await EveryoneAsync(accounts, cancellation);
        var matching = everyone.Where(s => Is(s, selection) && (string.IsNullOrWhiteSpace(text) || s.Mentions(text.Trim()))).ToList();
        var suggestions = await SuggestAsync(accounts, everyone, cancellation);
        return new(
            [.. matching.Skip(skip).Take(take)], matching.Count, Enum.GetValues<Selection>().ToDictionary(s => s, s => everyone.Count(someone => Is(someone, s))),
            suggestions);
    }

    /// <summary>Everyone who could be the same, as pairs.</summary>
    public async Task<IReadOnlyList<(Guid One, Guid Other)>> PairsAsync(CancellationToken cancellation)
    {
        var accounts = await db.Accounts.AsNoTracking().Where(a => a.PersonId != null).ToListAsync(cancellation);
        return [.. (await PairsAsync(accounts, cancellation)).Select(s => (s.One, s.Other))];
    }

    /// <summary>All pairs who could be the same person.</summary>
    public async Task<List<Suggestion>> SuggestAsync(CancellationToken cancellation)
    {
        var accounts = await AccountsAsync(cancellation);
        return await SuggestAsync(accounts, await EveryoneAsync(accounts, cancellation), cancellation);
    }

    private Task<List<Account>> AccountsAsync(CancellationToken cancellation) =>
        db.Accounts.AsNoTracking().Where(a => a.PersonId != null).ToListAsync(cancellation);

    private async Task<List<Someone>> EveryoneAsync(List<Account> accounts, CancellationToken cancellation)
    {
        var names = await db.People.ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
        return [.. accounts.GroupBy(a => a.PersonId!.Value)
            .Select(g => new Someone(g.Key, names[g.Key], [.. g.OrderBy(a => a.Provider == AccountFacts.GitProvider).ThenBy(a => a.Login, StringComparer.OrdinalIgnoreCase).Select(LoginOf)]))
            .OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Id)];
    }

    private async Task<List<Suggestion>> SuggestAsync(List<Account> accounts, List<Someone> everyone, CancellationToken cancellation)
    {
        var byId = everyone.ToDictionary(s => s.Id);
        return (await PairsAsync(accounts, cancellation)).ConvertAll(s => new Suggestion(byId[s.One], byId[s.Other], s.Why));
    }

    private async Task<List<(Guid One, Guid Other, string Why)>> PairsAsync(List<Data.Account> accounts, CancellationToken cancellation)
    {
        var apart = (await db.PeopleKeptApart.Select(p => new { p.OneId, p.OtherId }).ToListAsync(cancellation)).Select(p => PeopleKeptApart.Pair(p.OneId, p.OtherId)).ToHashSet();
        return PeopleSuggestions.Of(accounts.Select(a => new AccountFacts(a.Id, a.Provider, a.ExternalId, a.Login, a.Name, a.IsBot, a.PersonId, a.PersonDecidedAt is not null)), apart);
    }

    private static bool Is(Someone someone, Selection selection) => selection switch
    {
        Selection.People => !someone.IsBot,
        Selection.Bots => someone.IsBot,
        Selection.Several => someone.Logins.Count > 1,
        Selection.ByHand => someone.IsByHand,
        _ => true,
    };

    private static Login LoginOf(Account account) =>
        new(account.Id, account.Provider, account.Login, account.Email, account.IsBot, account.Kind, account.MarkedAs, account.PersonDecidedAt is not null);
}
