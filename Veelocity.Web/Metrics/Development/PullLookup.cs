using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Development;

/// <summary>A pull request behind a development metric.</summary>
public sealed record PullItem
{
    public required Guid PullRequestId { get; init; }
    public required string Repository { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Url { get; init; }

    /// <summary>Login; null when the account was deleted.</summary>
    public string? Author { get; init; }

    /// <summary>The person behind the account; null for bots.</summary>
    public Guid? AuthorPersonId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ReadyAt { get; init; }
    public DateTimeOffset? FirstReviewAt { get; init; }
    public DateTimeOffset? MergedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public bool IsRevert { get; init; }

    /// <summary>When it counts.</summary>
    [NotMapped]
    public DateTimeOffset At { get; init; }

    /// <summary>What was measured, by the chosen clock; null where nothing was.</summary>
    [NotMapped]
    public double? Seconds { get; init; }

    /// <summary>Null when it counts.</summary>
    [NotMapped]
    public WorkReason? LeftOut { get; init; }
}

/// <summary>Looks up what a list shows of pull requests.</summary>
public sealed class PullLookup(VeelocityDb db)
{
    internal async Task<IReadOnlyList<PullItem>> OfAsync(Guid organizationId, IReadOnlyList<WorkItem> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(row => row.Id).ToArray();
        var found = await db.Database.SqlQuery<PullItem>($"""
            SELECT p.id AS pull_request_id, r.full_name AS repository, p.number, p.title, p.url, a.login AS author,
                   CASE WHEN a.is_bot THEN NULL ELSE a.person_id END AS author_person_id,
                   p.created_at, p.ready_at, p.first_review_at, p.merged_at, p.closed_at, p.is_revert
            FROM pull_requests p
            JOIN repositories r ON r.id = p.repository_id
            LEFT JOIN accounts a ON a.id = p.author_account_id
            WHERE p.organization_id = {organizationId} AND p.id = ANY ({ids})
            """).ToDictionaryAsync(item => item.PullRequestId, cancellation);
        return [.. rows.Where(row => found.ContainsKey(row.Id)).Select(row => found[row.Id] with
        {
            At = new DateTimeOffset(row.At, TimeSpan.Zero),
            Seconds = row.Seconds,
            LeftOut = row.LeftOut,
        })];
    }
}
