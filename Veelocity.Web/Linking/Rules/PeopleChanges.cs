using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.People;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Linking.Rules;

/// <summary>Who is who, as people say: a word by hand goes before all matching and stays through every sync.</summary>
public sealed class PeopleChanges(VeelocityDb db, Relinking relinking, TimeProvider clock)
{
    /// <summary>The accounts of both are the first one's from now on.</summary>
    public async Task MergeAsync(Guid keptId, Guid mergedId, Guid userId, CancellationToken cancellation)
    {
        if (keptId == mergedId) throw new Refused("Choose two different people to merge.");
        await LockedAsync(async () =>
        {
            var accounts = await db.Accounts.Where(a => a.PersonId == keptId || a.PersonId == mergedId).ToListAsync(cancellation);
            if (accounts.TrueForAll(a => a.PersonId != keptId) || accounts.TrueForAll(a => a.PersonId != mergedId))
                throw new Refused("One of the two is no longer there; perhaps someone merged them already.");
            var names = await NamesAsync(keptId, mergedId, cancellation);
            db.Audit(accounts[0].OrganizationId, AuditAction.PeopleMerged, names.One, $"With {names.Other}: {AuditDetail.List([.. accounts.Select(Name)])}.", clock.GetUtcNow());
            foreach (var account in accounts) account.DecidePerson(keptId, userId, clock.GetUtcNow());
            var (one, other) = PeopleKeptApart.Pair(keptId, mergedId);
            await db.PeopleKeptApart.Where(p => p.OneId == one && p.OtherId == other).ExecuteDeleteAsync(cancellation);
        }, cancellation);
    }

    /// <summary>Merges each pair, whoever the two have become on the way.</summary>
    public async Task<int> MergeAllAsync(IEnumerable<(Guid One, Guid Other)> pairs, Guid userId, CancellationToken cancellation)
    {
        var merged = new Dictionary<Guid, Guid>();
        foreach (var (one, other) in pairs)
        {
            var (kept, gone) = (NowOf(one), NowOf(other));
            if (kept == gone) continue;
            await MergeAsync(kept, gone, userId, cancellation);
            merged[gone] = kept;
        }
        return merged.Count;

        Guid NowOf(Guid person) => merged.TryGetValue(person, out var kept) ? NowOf(kept) : person;
    }

    /// <summary>The account is a person of its own from now on. False when there is no such account.</summary>
    public async Task<bool> SplitAsync(Guid accountId, Guid userId, CancellationToken cancellation)
    {
        var isFound = false;
        await LockedAsync(async () =>
        {
            if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == accountId, cancellation) is not { } account) return;
            isFound = true;
            if (!await db.Accounts.AnyAsync(a => a.PersonId == account.PersonId && a.Id != accountId, cancellation))
                throw new Refused($"{account.Login} is this person's only account already.");
            var isOwnIdFree = !await db.Accounts.AnyAsync(a => a.PersonId == accountId, cancellation);
            var personId = isOwnIdFree ? accountId : Guid.CreateVersion7();
            if (!await db.People.AnyAsync(p => p.Id == personId, cancellation))
                db.People.Add(new Person { Id = personId, OrganizationId = account.OrganizationId, Name = string.IsNullOrWhiteSpace(account.Name) ? account.Login : account.Name });
            var from = await db.People.Where(p => p.Id == account.PersonId).Select(p => p.Name).SingleOrDefaultAsync(cancellation);
            db.Audit(account.OrganizationId, AuditAction.PeopleSplit, Name(account), from is null ? null : $"From {from}.", clock.GetUtcNow());
            // The others, too: what they share with the account must not bring them together again.
            var others = await db.Accounts.Where(a => a.PersonId == account.PersonId && a.Id != accountId).ToListAsync(cancellation);
            foreach (var other in others) other.DecidePerson(account.PersonId!.Value, userId, clock.GetUtcNow());
            account.DecidePerson(personId, userId, clock.GetUtcNow());
        }, cancellation);
        return isFound;
    }

    /// <summary>They are two people; they are not suggested again.</summary>
    public async Task KeepApartAsync(Guid organizationId, Guid oneId, Guid otherId, Guid userId, CancellationToken cancellation)
    {
        var (one, other) = PeopleKeptApart.Pair(oneId, otherId);
        if (one == other || await db.People.CountAsync(p => p.Id == one || p.Id == other, cancellation) != 2) throw new Refused("These people are no longer there.");
        if (await db.PeopleKeptApart.AnyAsync(p => p.OneId == one && p.OtherId == other, cancellation)) return;
        db.PeopleKeptApart.Add(new() { OrganizationId = organizationId, OneId = one, OtherId = other, DecidedAt = clock.GetUtcNow(), DecidedByUserId = userId });
        var names = await NamesAsync(oneId, otherId, cancellation);
        db.Audit(organizationId, AuditAction.PeopleKeptApart, names.One, $"Is not {names.Other}.", clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Says that an account is a bot or a person's, or leaves it to its kind and the pattern again. What it wrote is counted anew.</summary>
    public async Task<bool> MarkAsync(Guid organizationId, Guid accountId, AccountKind? kind, Guid userId, CancellationToken cancellation)
    {
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == accountId, cancellation) is not { } account) return false;
        account.Mark(kind, userId, clock.GetUtcNow());
        db.Audit(organizationId, AuditAction.AccountMarked, Name(account), kind is null ? "Left to the rules." : $"As {AuditDetail.Word(kind.Value).ToLowerInvariant()}.", clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        await relinking.LinkSoonAsync(db, organizationId, cancellation);
        return true;
    }

    private static string Name(Account account) => $"{account.Login} ({account.Provider})";

    private async Task<(string One, string Other)> NamesAsync(Guid one, Guid other, CancellationToken cancellation)
    {
        var names = await db.People.Where(p => p.Id == one || p.Id == other).ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
        return (names.GetValueOrDefault(one, "Someone"), names.GetValueOrDefault(other, "someone"));
    }

    private async Task LockedAsync(Func<Task> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('people ' || {db.OrganizationId}::text, 0))", cancellation);
        await change();
        await db.SaveChangesAsync(cancellation);
        await PeopleNames.RefreshAsync(db, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
