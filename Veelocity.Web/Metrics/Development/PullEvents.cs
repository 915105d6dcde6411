using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Development;

/// <summary>What can happen to a pull request that development metrics count.</summary>
internal enum PullEvent
{
    /// <summary>A person who is not the author reviewed it first, before it was merged (M26).</summary>
    FirstReview,
    Merge,

    /// <summary>Closed without being merged (M30).</summary>
    Abandonment,
}

/// <summary>
/// Reads what happened to pull requests in a span of time, each as one row with why it does not count, if so: every number, list and
/// explanation of a metric comes from these. Read once for each request, whatever is asked of them.
/// </summary>
public sealed class PullEvents(VeelocityDb db, Rosters rosters)
{
    private readonly List<(PullEvent Kind, WorkScope Scope, Instants Span, List<Row> Rows)> read = [];

    /// <param name="scope">A service stands for its repository: what a pull request changed is known when it is deployed.</param>
    internal async Task<IReadOnlyList<Row>> ReadAsync(PullEvent kind, Instants span, WorkScope scope, CancellationToken cancellation)
    {
        var held = read.Find(r => r.Kind == kind && r.Scope == scope && r.Span.From <= span.From && r.Span.To >= span.To);
        if (held.Rows is null)
        {
            held = (kind, scope, span, await RowsAsync(kind, span, scope, cancellation));
            read.Add(held);
        }
        if (held.Span == span) return held.Rows;
        var (from, to) = (span.From.UtcDateTime, span.To.UtcDateTime);
        return held.Rows.FindAll(row => row.At >= from && row.At < to);
    }

    private async Task<List<Row>> RowsAsync(PullEvent kind, Instants span, WorkScope scope, CancellationToken cancellation)
    {
        var filter = scope.Filter;
        var roster = await rosters.OfAsync(filter.OrganizationId, cancellation);
        var accounts = await rosters.AccountsAsync(scope, cancellation);
        var rows = (kind switch
        {
            PullEvent.FirstReview => await db.Database.SqlQuery<Columns>($"""
                SELECT array_agg(p.id) AS id, array_agg(p.first_review_at) AS at, array_agg(p.ready_at) AS ready_at, array_agg(p.repository_id) AS repository_id,
                       array_agg(p.author_account_id) AS author_id, array_agg(p.state = 'closed') AS is_marked, NULL::bool[] AS is_reviewed
                FROM pull_requests p
                WHERE p.organization_id = {filter.OrganizationId} AND p.first_review_at >= {span.From} AND p.first_review_at < {span.To}
                  AND ({filter.RepositoryId}::uuid IS NULL OR p.repository_id = {filter.RepositoryId})
                  AND ({filter.ServiceId}::uuid IS NULL OR p.repository_id IN (SELECT s.repository_id FROM services s WHERE s.id = {filter.ServiceId}))
                  AND ({accounts}::uuid[] IS NULL OR COALESCE(p.author_account_id, {Filter.NoTeam}) = ANY ({accounts}))
                """).SingleAsync(cancellation),
            PullEvent.Merge => await db.Database.SqlQuery<Columns>($"""
                SELECT array_agg(p.id) AS id, array_agg(p.merged_at) AS at, array_agg(p.ready_at) AS ready_at, array_agg(p.repository_id) AS repository_id,
                       array_agg(p.author_account_id) AS author_id, array_agg(p.is_revert) AS is_marked, array_agg(p.is_reviewed) AS is_reviewed
                FROM pull_requests p
                WHERE p.organization_id = {filter.OrganizationId} AND p.merged_at >= {span.From} AND p.merged_at < {span.To}
                  AND ({filter.RepositoryId}::uuid IS NULL OR p.repository_id = {filter.RepositoryId})
                  AND ({filter.ServiceId}::uuid IS NULL OR p.repository_id IN (SELECT s.repository_id FROM services s WHERE s.id = {filter.ServiceId}))
                  AND ({accounts}::uuid[] IS NULL OR COALESCE(p.author_account_id, {Filter.NoTeam}) = ANY ({accounts}))
                """).SingleAsync(cancellation),
            _ => await db.Database.SqlQuery<Columns>($"""
                SELECT array_agg(p.id) AS id, array_agg(p.closed_at) AS at, array_agg(p.ready_at) AS ready_at, array_agg(p.repository_id) AS repository_id,
                       array_agg(p.author_account_id) AS author_id, array_agg(p.is_revert) AS is_marked, NULL::bool[] AS is_reviewed
                FROM pull_requests p
                WHERE p.organization_id = {filter.OrganizationId} AND p.merged_at IS NULL AND p.closed_at >= {span.From} AND p.closed_at < {span.To}
                  AND ({filter.RepositoryId}::uuid IS NULL OR p.repository_id = {filter.RepositoryId})
                  AND ({filter.ServiceId}::uuid IS NULL OR p.repository_id IN (SELECT s.repository_id FROM services s WHERE s.id = {filter.ServiceId}))
                  AND ({accounts}::uuid[] IS NULL OR COALESCE(p.author_account_id, {Filter.NoTeam}) = ANY ({accounts}))
                """).SingleAsync(cancellation),
        }).Rows();
        return [.. rows.Where(row => roster.Repositories.ContainsKey(row.RepositoryId)).Select(row =>
        {
            var author = roster.Of(row.AuthorId);
            return row with { PersonId = author.IsBot ? null : author.PersonId, WhyNot = roster.WhyNot(row.Id, author, scope.Authors) };
        })];
    }

    /// <param name="IsMarked">A revert; of a first review, that the pull request was abandoned later.</param>
    /// <param name="IsReviewed">Of a merge: somebody had reviewed it.</param>
    /// <param name="WhyNot">Why it is not of those asked for; null when it is.</param>
    internal sealed record Row(
        Guid Id, DateTime At, DateTime? ReadyAt, Guid RepositoryId, Guid? AuthorId, bool IsMarked, bool IsReviewed, Guid? PersonId = null, WorkReason? WhyNot = null)
    {
        public bool Counts => WhyNot is null;

        /// <summary>From ready to the event (M26), by the chosen clock.</summary>
        public WorkItem SinceReady(Filter filter, WorkReason? unless = null)
        {
            var reason = WhyNot ?? unless ?? (ReadyAt is null ? WorkReason.NeverReady : null);
            double? seconds = reason is null ? filter.Seconds(Utc(ReadyAt!.Value), Utc(At)) : null;
            return new WorkItem(Id, At, seconds, RepositoryId, PersonId, reason, IsMarked, ReadyAt > At);
        }

        /// <summary>The event alone.</summary>
        public WorkItem Alone(WorkReason? unless = null) => new(Id, At, null, RepositoryId, PersonId, WhyNot ?? unless, IsMarked);

        private static DateTimeOffset Utc(DateTime at) => new(at, TimeSpan.Zero);
    }

    // Arrays come over in a tenth of the time that as many rows would take.
    private sealed class Columns
    {
        public Guid[]? Id { get; init; }
        public DateTime[]? At { get; init; }
        public DateTime?[]? ReadyAt { get; init; }
        public Guid[]? RepositoryId { get; init; }
        public Guid?[]? AuthorId { get; init; }
        public bool[]? IsMarked { get; init; }
        public bool[]? IsReviewed { get; init; }

        public IEnumerable<Row> Rows()
        {
            for (var i = 0; i < (Id?.Length ?? 0); i++)
                yield return new Row(Id![i], At![i], ReadyAt![i], RepositoryId![i], AuthorId![i], IsMarked![i], IsReviewed?[i] ?? false);
        }
    }
}
