using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Planning;

/// <summary>The issues that are in a cycle or project now: those under way first, then what is to do, what is done, and what was given up.</summary>
public sealed class PlannedIssues(VeelocityDb db)
{
    /// <param name="PullRequests">How many are tied to it (M31).</param>
    /// <param name="IsAddedLate">It came in after the cycle or project had started; of a cycle as the tracker tells, of a project by its creation.</param>
    public sealed record Item(
        Guid Id, string Identifier, string Title, string Url, string StateName, string StateType, string? Assignee, double? Estimate, DateTimeOffset CreatedAt,
        DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, int PullRequests, bool IsAddedLate);

    public Task<Page<Item>> OfCycleAsync(Guid organizationId, Cycles.Item cycle, PageRequest page, CancellationToken cancellation) =>
        AskAsync(organizationId, db.RowsOf<Issue>(organizationId).Where(i => i.CycleId == cycle.Id), i => i.AddedToCycleAt > cycle.StartsAt, page, cancellation);

    public Task<Page<Item>> OfProjectAsync(Guid organizationId, Projects.Item project, PageRequest page, CancellationToken cancellation) =>
        AskAsync(organizationId, db.RowsOf<Issue>(organizationId).Where(i => i.ProjectId == project.Id), i => i.CreatedAt > project.StartedAt, page, cancellation);

    private async Task<Page<Item>> AskAsync(
        Guid organizationId, IQueryable<Issue> issues, Func<Issue, bool> isLate, PageRequest page, CancellationToken cancellation)
    {
        issues = issues.Where(i => !i.IsTrashed);
        var total = await issues.LongCountAsync(cancellation);
        var accounts = db.RowsOf<Account>(organizationId);
        var links = db.RowsOf<IssueLink>(organizationId).Where(l => l.RefusedAt == null);
        var rows = await (
            from i in issues
            join a in accounts on i.AssigneeAccountId equals a.Id into assignees
            from a in assignees.DefaultIfEmpty()
            orderby i.StateType == "started" ? 0 : i.StateType == "completed" ? 2 : i.StateType == "canceled" || i.StateType == "duplicate" ? 3 : 1,
                i.LastCompletedAt descending, i.UpdatedAt descending, i.Id
            select new { Issue = i, Assignee = a.Name ?? a.Login, Pulls = links.Count(l => l.IssueId == i.Id) })
            .Skip(page.Offset).Take(page.PerPage).ToListAsync(cancellation);
        return new Page<Item>(
            [.. rows.Select(row => new Item(
                row.Issue.Id, row.Issue.Identifier, row.Issue.Title, row.Issue.Url, row.Issue.StateName, row.Issue.StateType, row.Assignee, row.Issue.Estimate,
                row.Issue.CreatedAt, row.Issue.FirstStartedAt, row.Issue.LastCompletedAt, row.Pulls, isLate(row.Issue)))],
            page.Number, page.PerPage, total);
    }
}
