using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Development;

/// <summary>An issue behind a development metric.</summary>
public sealed record IssueItem
{
    public required Guid IssueId { get; init; }
    public required string Identifier { get; init; }
    public required string Title { get; init; }
    public required string Url { get; init; }

    /// <summary>The tracker's word.</summary>
    public required string State { get; init; }

    public string? Assignee { get; init; }
    public Guid? AssigneePersonId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FirstStartedAt { get; init; }
    public DateTimeOffset? LastCompletedAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>How many pull requests are tied to it.</summary>
    public long PullRequests { get; init; }

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

/// <summary>Looks up what a list shows of issues.</summary>
public sealed class IssueLookup(VeelocityDb db)
{
    internal async Task<IReadOnlyList<IssueItem>> OfAsync(Guid organizationId, IReadOnlyList<WorkItem> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(row => row.Id).ToArray();
        var found = await db.Database.SqlQuery<IssueItem>($"""
            SELECT i.id AS issue_id, i.identifier, i.title, i.url, i.state_name AS state, COALESCE(n.name, a.name, a.login) AS assignee,
                   CASE WHEN a.is_bot THEN NULL ELSE a.person_id END AS assignee_person_id,
                   i.created_at, i.first_started_at, i.last_completed_at, i.delivered_at,
                   (SELECT count(*) FROM issue_links l WHERE l.issue_id = i.id AND l.refused_at IS NULL) AS pull_requests
            FROM issues i
            LEFT JOIN accounts a ON a.id = i.assignee_account_id
            LEFT JOIN people n ON n.id = a.person_id
            WHERE i.organization_id = {organizationId} AND i.id = ANY ({ids})
            """).ToDictionaryAsync(item => item.IssueId, cancellation);
        return [.. rows.Where(row => found.ContainsKey(row.Id)).Select(row => found[row.Id] with
        {
            At = new DateTimeOffset(row.At, TimeSpan.Zero),
            Seconds = row.Seconds,
            LeftOut = row.LeftOut,
        })];
    }
}
