using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Flow;

/// <summary>The issues that a pull request is work on (M31), how that was found, and the states they went through.</summary>
public sealed class ChangeIssues(VeelocityDb db)
{
    // More than these make the story of a change unreadable; the list beside it names all.
    private const int MostInStory = 3;

    /// <param name="DecidedBy">The member who tied them; null when they were found.</param>
    public sealed record Item(
        Guid IssueId, string Identifier, string Title, string Url, string StateName, string StateType, IssueLinkMethod Method, string? DecidedBy,
        DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, DateTimeOffset? DeliveredAt);

    /// <summary>By identifier; none that someone said is not.</summary>
    public async Task<IReadOnlyList<Item>> OfAsync(Guid organizationId, Guid pullRequestId, CancellationToken cancellation) =>
        await (
            from l in db.RowsOf<IssueLink>(organizationId)
            where l.PullRequestId == pullRequestId && l.RefusedAt == null
            join i in db.RowsOf<Issue>(organizationId) on l.IssueId equals i.Id
            where !i.IsTrashed
            join u in db.Users on l.DecidedByUserId equals u.Id into members
            from u in members.DefaultIfEmpty()
            orderby i.Identifier
            select new Item(
                i.Id, i.Identifier, i.Title, i.Url, i.StateName, i.StateType, l.Method, u.FullName, i.CreatedAt, i.FirstStartedAt, i.LastCompletedAt, i.DeliveredAt))
            .ToListAsync(cancellation);

    /// <summary>When they were created, and when they came into a state.</summary>
    internal async Task<IReadOnlyList<LifeStep>> StepsAsync(Guid organizationId, IReadOnlyList<Item> issues, CancellationToken cancellation)
    {
        var told = issues.OrderBy(i => i.CreatedAt).Take(MostInStory).ToDictionary(i => i.IssueId);
        var spans = await db.RowsOf<IssueStateSpan>(organizationId).Where(s => told.Keys.Contains(s.IssueId)).ToListAsync(cancellation);
        return
        [
            .. told.Values.Select(i => new LifeStep(LifeStepKind.IssueCreated, i.CreatedAt, Note: $"{i.Identifier} {i.Title}", SubjectId: i.IssueId, Url: i.Url)),
            .. spans.Where(s => s.StartedAt > told[s.IssueId].CreatedAt.AddMinutes(1))
                .Select(s => new LifeStep(
                    s.StateType == "completed" ? LifeStepKind.IssueCompleted : LifeStepKind.IssueMoved, s.StartedAt,
                    Note: $"{told[s.IssueId].Identifier} to {s.StateName}", SubjectId: s.IssueId)),
        ];
    }
}
