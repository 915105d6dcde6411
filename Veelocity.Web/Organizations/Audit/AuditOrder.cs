using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Audit;

/// <summary>Checks that the audit log is as it was written: no entry changed, none taken out, none put in.</summary>
public sealed class AuditOrder(VeelocityDb db)
{
    /// <summary>How the log stands.</summary>
    /// <param name="Number">The newest entry's number, and <paramref name="Hash"/> its hash: noted down elsewhere, they show later that nothing up to here was rewritten.</param>
    /// <param name="BrokenAt">The first entry that is not as it was written; null when the order is intact.</param>
    /// <param name="Problem">What is wrong there, in a sentence.</param>
    public sealed record Standing(long Entries, long Number, string? Hash, long? BrokenAt, string? Problem)
    {
        public bool IsIntact => BrokenAt is null;
    }

    private sealed record Row(long Entries, long Last, byte[]? LastHash, long? BrokenAt, long? FoundInstead, bool? IsTwice);

    public async Task<Standing> CheckAsync(Guid organizationId, CancellationToken cancellation)
    {
        var row = await db.Database.SqlQuery<Row>($"""
            WITH chained AS (
                SELECT e.number, e.hash, coalesce(lag(e.number) OVER oldest, 0) AS before,
                       audit_hash(coalesce(lag(e.hash) OVER oldest, ''), e) AS right_hash
                FROM audit_entries e
                WHERE e.organization_id = {organizationId}
                WINDOW oldest AS (ORDER BY e.number, e.id)),
            broken AS (
                SELECT before + 1 AS expected, number, number <= before AS is_twice
                FROM chained WHERE number <> before + 1 OR hash <> right_hash
                ORDER BY number LIMIT 1)
            SELECT (SELECT count(*) FROM chained) AS entries, coalesce((SELECT max(number) FROM chained), 0) AS last,
                   (SELECT hash FROM chained ORDER BY number DESC LIMIT 1) AS last_hash,
                   (SELECT expected FROM broken) AS broken_at, (SELECT number FROM broken) AS found_instead, (SELECT is_twice FROM broken) AS is_twice
            """).SingleAsync(cancellation);
        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(h => h.OrganizationId == organizationId, cancellation);
        var (at, problem) = Problem(row, head);
        return new Standing(row.Entries, row.Last, row.LastHash is null ? null : Convert.ToHexStringLower(row.LastHash), at, problem);
    }

    private static (long? At, string? Problem) Problem(Row row, AuditHead? head)
    {
        if (row is { BrokenAt: { } expected, FoundInstead: { } found })
        {
            if (row.IsTwice == true) return (found, $"Entry {found} is there twice: one was put in.");
            return found == expected
                ? (found, $"Entry {found}, or the one before it, is not as it was written.")
                : (expected, $"Entry {expected} is missing; entry {found} follows instead.");
        }
        var (number, hash) = (head?.Number ?? 0, head?.Hash ?? []);
        if (row.Last < number) return (row.Last + 1, $"Entry {row.Last + 1} is missing: the log once went on to entry {number}.");
        if (row.Last > number) return (number + 1, $"Entry {number + 1} was put in past the end of the log.");
        return row.Last > 0 && !hash.AsSpan().SequenceEqual(row.LastHash) ? (row.Last, $"Entry {row.Last} is not the one the log ended with.") : (null, null);
    }
}
