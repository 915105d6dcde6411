using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Development;

/// <summary>What can happen to an issue that development metrics count.</summary>
internal enum IssueEvent
{
    /// <summary>The last of its linked pull requests was merged (M27).</summary>
    Delivery,

    /// <summary>Completed for good (M27).</summary>
    Completion,
    Cancellation,
}

/// <summary>Reads what happened to issues in a span of time, as <see cref="PullEvents"/> does of pull requests. What is in the tracker's bin counts nowhere.</summary>
public sealed class IssueEvents(VeelocityDb db, Rosters rosters)
{
    private readonly List<(IssueEvent Kind, WorkScope Scope, Instants Span, List<Row> Rows)> read = [];

    /// <summary>When the first issue was created (M5); null without any: then nothing completed is no data and not a zero (M3).</summary>
    public async Task<DateTimeOffset?> FirstAsync(Guid organizationId, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<DateTimeOffset?>(
            $"""SELECT min(created_at) AS "Value" FROM issues WHERE organization_id = {organizationId}""").ToListAsync(cancellation)).Single();

    /// <param name="scope">A repository has the issues that one of its pull requests is tied to.</param>
    internal async Task<IReadOnlyList<Row>> ReadAsync(IssueEvent kind, Instants span, WorkScope scope, CancellationToken cancellation)
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

    /// <summary>The repositories of the pull requests that each issue is tied to.</summary>
    internal async Task<ILookup<Guid, Guid>> RepositoriesAsync(Guid organizationId, IReadOnlyCollection<Guid> issues, CancellationToken cancellation)
    {
        var ids = issues.ToArray();
        var rows = await db.Database.SqlQuery<Place>($"""
            SELECT DISTINCT l.issue_id, p.repository_id
            FROM issue_links l JOIN pull_requests p ON p.id = l.pull_request_id
            WHERE l.organization_id = {organizationId} AND l.issue_id = ANY ({ids}) AND l.refused_at IS NULL
            """).ToListAsync(cancellation);
        return rows.ToLookup(row => row.IssueId, row => row.RepositoryId);
    }

    private async Task<List<Row>> RowsAsync(IssueEvent kind, Instants span, WorkScope scope, CancellationToken cancellation)
    {
        var filter = scope.Filter;
        var roster = await rosters.OfAsync(filter.OrganizationId, cancellation);
        var accounts = await rosters.AccountsAsync(scope, cancellation);
        var repository = filter.RepositoryId ?? (filter.ServiceId is { } service
            ? await db.Services.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(s => s.Id == service).Select(s => s.RepositoryId).SingleOrDefaultAsync(cancellation)
            : (Guid?)null);
        var (isDelivery, isCompletion, isCancellation) = (kind == IssueEvent.Delivery, kind == IssueEvent.Completion, kind == IssueEvent.Cancellation);
        var rows = await db.Database.SqlQuery<IssueTimes>($"""
            SELECT i.id, i.created_at, i.first_started_at, i.last_completed_at, i.delivered_at, i.canceled_at, i.assignee_account_id AS assignee_id,
                   i.state_type IN ('canceled', 'duplicate') AS is_canceled
            FROM issues i
            WHERE i.organization_id = {filter.OrganizationId} AND NOT i.is_trashed
              AND (({isDelivery} AND i.delivered_at >= {span.From} AND i.delivered_at < {span.To})
                OR ({isCompletion} AND i.last_completed_at >= {span.From} AND i.last_completed_at < {span.To})
                OR ({isCancellation} AND i.state_type IN ('canceled', 'duplicate') AND i.canceled_at >= {span.From} AND i.canceled_at < {span.To}))
              AND ({repository}::uuid IS NULL OR EXISTS (
                    SELECT FROM issue_links l JOIN pull_requests p ON p.id = l.pull_request_id
                    WHERE l.issue_id = i.id AND l.refused_at IS NULL AND p.repository_id = {repository}))
              AND ({accounts}::uuid[] IS NULL OR COALESCE(i.assignee_account_id, {Filter.NoTeam}) = ANY ({accounts}))
            """).ToListAsync(cancellation);
        return [.. rows.Select(row => new Row(row, kind switch { IssueEvent.Delivery => row.DeliveredAt!.Value, IssueEvent.Completion => row.LastCompletedAt!.Value, _ => row.CanceledAt!.Value }, roster.Of(row.AssigneeId).PersonId))];
    }

    internal sealed record Row(IssueTimes Times, DateTime At, Guid? PersonId)
    {
        /// <summary>Created → last linked pull request merged (M27).</summary>
        public WorkItem Delivered(Filter filter) => Since(filter, Times.CreatedAt, Times.IsCanceled ? WorkReason.Canceled : null);

        /// <summary>Started → completed (M27).</summary>
        public WorkItem Worked(Filter filter) =>
            Since(filter, Times.FirstStartedAt, Times.IsCanceled ? WorkReason.Canceled : Times.FirstStartedAt is null ? WorkReason.Jumped : null);

        /// <summary>The event alone.</summary>
        public WorkItem Alone(WorkReason? unless = null) => new(Times.Id, At, null, null, PersonId, Times.IsCanceled ? WorkReason.Canceled : unless);

        private WorkItem Since(Filter filter, DateTime? start, WorkReason? reason) => new(
            Times.Id, At, reason is null ? filter.Seconds(new(start!.Value, TimeSpan.Zero), new(At, TimeSpan.Zero)) : null, null, PersonId, reason, IsSkewed: start > At);
    }

    internal sealed record IssueTimes(
        Guid Id, DateTime CreatedAt, DateTime? FirstStartedAt, DateTime? LastCompletedAt, DateTime? DeliveredAt, DateTime? CanceledAt, Guid? AssigneeId, bool IsCanceled);

    private sealed record Place(Guid IssueId, Guid RepositoryId);
}
