using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Development;

namespace Veelocity.Web.Metrics.People;

/// <summary>
/// Who reviews whose changes how soon? For each person the pull requests of others that they reviewed in the period, each once however
/// often they came back to it; and the time from ready for review to their own first review of it, in seconds. Bots review nothing (M29).
/// A review after the merge counts as given and has no time. Source: reviews.
/// </summary>
public sealed class ReviewLoad(VeelocityDb db, Rosters rosters)
{
    /// <param name="Reviewed">Pull requests.</param>
    /// <param name="Time">Ready for review → own first review.</param>
    public sealed record Given(long Reviewed, Spread Time)
    {
        public static readonly Given Nothing = new(0, Spread.None);
    }

    /// <summary>By person; who gave none is not in it.</summary>
    /// <param name="scope">Its person or team are the reviewers.</param>
    public async Task<IReadOnlyDictionary<Guid, Given>> AskAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await RowsAsync(period, scope, cancellation)).GroupBy(row => row.PersonId).ToDictionary(own => own.Key, own => GivenOf(own, scope.Filter));

    /// <summary>All of the scope's reviewers together.</summary>
    public async Task<Given> PooledAsync(Period period, WorkScope scope, CancellationToken cancellation) => GivenOf(await RowsAsync(period, scope, cancellation), scope.Filter);

    /// <summary>By bucket of time.</summary>
    public async Task<IReadOnlyList<(Bucket Bucket, Given Given)>> ByTimeAsync(Period period, WorkScope scope, Grouping grouping, CancellationToken cancellation)
    {
        var rows = await RowsAsync(period, scope, cancellation);
        return [.. period.Buckets(grouping).Select(bucket => (bucket, GivenOf(rows.Where(row => row.At >= bucket.Span.From && row.At < bucket.Span.To), scope.Filter)))];
    }

    private async Task<List<Row>> RowsAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var filter = scope.Filter;
        var accounts = await rosters.AccountsAsync(scope, cancellation);
        return await db.Database.SqlQuery<Row>($"""
            SELECT a.person_id, min(v.submitted_at) AS at, p.ready_at, p.merged_at,
                   NOT EXISTS (SELECT FROM reviews e JOIN accounts b ON b.id = e.author_account_id
                               WHERE e.pull_request_id = p.id AND e.submitted_at < {period.From} AND b.person_id = a.person_id) AS is_first
            FROM reviews v
            JOIN accounts a ON a.id = v.author_account_id
            JOIN pull_requests p ON p.id = v.pull_request_id
            JOIN repositories r ON r.id = p.repository_id
            LEFT JOIN accounts w ON w.id = p.author_account_id
            WHERE v.organization_id = {filter.OrganizationId} AND v.submitted_at >= {period.From} AND v.submitted_at < {period.To}
              AND NOT a.is_bot AND a.person_id IS NOT NULL AND r.left_at IS NULL
              AND v.author_account_id IS DISTINCT FROM p.author_account_id AND w.person_id IS DISTINCT FROM a.person_id
              AND ({filter.RepositoryId}::uuid IS NULL OR p.repository_id = {filter.RepositoryId})
              AND ({accounts}::uuid[] IS NULL OR v.author_account_id = ANY ({accounts}))
            GROUP BY a.person_id, p.id
            """).ToListAsync(cancellation);
    }

    private static Given GivenOf(IEnumerable<Row> rows, Filter filter)
    {
        var all = rows.ToList();
        return new Given(all.Count, Spread.Of(all
            .Where(row => row is { IsFirst: true, ReadyAt: not null } && !(row.At > row.MergedAt))
            .Select(row => new WorkItem(Guid.Empty, row.At.UtcDateTime, filter.Seconds(row.ReadyAt!.Value, row.At), null, row.PersonId, null))));
    }

    private sealed record Row(Guid PersonId, DateTimeOffset At, DateTimeOffset? ReadyAt, DateTimeOffset? MergedAt, bool IsFirst);
}
