using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.People;

/// <summary>
/// Ties accounts to people after each sync: gathers the addresses that accounts commit under, makes accounts of addresses that no login
/// has, recognizes bots (M29) and matches (<see cref="PeopleMatching"/>). Whole sets at a time, and only differences are written.
/// </summary>
internal sealed class PeopleLinking(VeelocityDb db, NpgsqlConnection connection)
{
    /// <param name="repositoryIds">Whose commits are new; null for all. Addresses found earlier are kept.</param>
    public async Task<int> LinkAsync(Guid organizationId, IReadOnlyCollection<Guid>? repositoryIds, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var alone = Command("SELECT pg_advisory_xact_lock(hashtextextended('people ' || $1::text, 0))", organizationId))
            await alone.ExecuteNonQueryAsync(cancellation);
        var repositories = repositoryIds?.ToArray();
        var added = await AddGitAccountsAsync(organizationId, repositories, cancellation) + await AddEmailsAsync(organizationId, repositories, cancellation);

        await db.Database.UseTransactionAsync(transaction, cancellation);
        var bots = NamePattern.Of(await db.Organizations.Where(o => o.Id == organizationId).Select(o => o.BotPattern).SingleAsync(cancellation));
        var stored = await db.Accounts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancellation);
        var emails = await db.AccountEmails.Select(e => new { e.AccountId, e.Email }).ToListAsync(cancellation);
        var accounts = stored.ConvertAll(a => new AccountFacts(
            a.Id, a.Provider, a.ExternalId, a.Login, a.Name,
            AccountFacts.IsBotAccount(a, bots), a.PersonId, a.PersonDecidedAt is not null)
        {
            GitHubUserId = a.GitHubUserId,
        });
        var apart = await db.PeopleKeptApart.Select(p => new { p.OneId, p.OtherId }).ToListAsync(cancellation);
        var people = PeopleMatching.Match(
            accounts, emails.Select(e => (e.AccountId, e.Email)), apart.Select(p => PeopleKeptApart.Pair(p.OneId, p.OtherId)).ToHashSet());
        added += await AddPeopleAsync(organizationId, accounts, people, cancellation);
        added += await TieAsync([.. accounts.Zip(stored).Where(p => p.First.PersonId != people[p.First.Id] || p.First.IsBot != p.Second.IsBot).Select(p => p.First)], people, cancellation);
        await db.Database.UseTransactionAsync(null, cancellation);
        await transaction.CommitAsync(cancellation);
        return added;
    }

    private async Task<int> AddGitAccountsAsync(Guid organizationId, Guid[]? repositories, CancellationToken cancellation)
    {
        var found = new List<(string Email, string? Name)>();
        await using (var command = Command(
            """
            SELECT lower(trim(c.author_email)), max(c.author_name)
            FROM commits c
            WHERE c.organization_id = $1 AND ($2::uuid[] IS NULL OR c.repository_id = ANY ($2))
              AND c.author_account_id IS NULL AND c.author_email LIKE '%_@_%'
              AND NOT EXISTS (SELECT FROM accounts a WHERE a.organization_id = $1 AND a.provider = 'git' AND a.login = lower(trim(c.author_email)))
            GROUP BY 1
            """, organizationId, repositories))
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
                found.Add((rows.GetString(0), await rows.IsDBNullAsync(1, cancellation) ? null : rows.GetString(1)));
        }
        if (found.Count == 0) return 0;
        await using var insert = Command(
            """
            INSERT INTO accounts (id, organization_id, provider, external_id, login, name, email, kind)
            SELECT v.id, $1, 'git', v.email, v.email, v.name, v.email, 'human'
            FROM unnest($2::uuid[], $3::text[], $4::text[]) AS v (id, email, name)
            ON CONFLICT (id) DO NOTHING
            """,
            organizationId, found.Select(f => Account.IdOf(organizationId, AccountFacts.GitProvider, f.Email)).ToArray(),
            found.Select(f => f.Email).ToArray(), found.Select(f => f.Name).ToArray());
        return await insert.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<int> AddEmailsAsync(Guid organizationId, Guid[]? repositories, CancellationToken cancellation)
    {
        await using var command = Command(
            """
            INSERT INTO account_emails (organization_id, account_id, email)
            SELECT $1, found.account_id, found.email
            FROM (
                SELECT a.id AS account_id, lower(trim(a.email)) AS email FROM accounts a WHERE a.organization_id = $1 AND a.email LIKE '%_@_%'
                UNION
                SELECT c.author_account_id, lower(trim(c.author_email))
                FROM commits c JOIN accounts a ON a.id = c.author_account_id
                WHERE c.organization_id = $1 AND ($2::uuid[] IS NULL OR c.repository_id = ANY ($2)) AND c.author_email LIKE '%_@_%'
            ) found
            WHERE NOT EXISTS (SELECT FROM account_emails e WHERE e.account_id = found.account_id AND e.email = found.email)
            ON CONFLICT DO NOTHING
            """, organizationId, repositories);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<int> AddPeopleAsync(
        Guid organizationId, List<AccountFacts> accounts, Dictionary<Guid, Guid> people, CancellationToken cancellation)
    {
        var names = PeopleNames.Of(accounts, people);
        await using var command = Command(
            """
            INSERT INTO people AS p (id, organization_id, name)
            SELECT v.id, $1, v.name FROM unnest($2::uuid[], $3::text[]) AS v (id, name)
            LEFT JOIN people known ON known.id = v.id
            WHERE known.name IS DISTINCT FROM v.name
            ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name
            """, organizationId, names.Keys.ToArray(), names.Values.ToArray());
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<int> TieAsync(List<AccountFacts> changed, Dictionary<Guid, Guid> people, CancellationToken cancellation)
    {
        if (changed.Count == 0) return 0;
        await using var command = Command(
            """
            UPDATE accounts a SET person_id = v.person_id, is_bot = v.is_bot
            FROM unnest($1::uuid[], $2::uuid[], $3::boolean[]) AS v (id, person_id, is_bot)
            WHERE a.id = v.id
            """, changed.Select(a => a.Id).ToArray(), changed.Select(a => people[a.Id]).ToArray(), changed.Select(a => a.IsBot).ToArray());
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }
}
