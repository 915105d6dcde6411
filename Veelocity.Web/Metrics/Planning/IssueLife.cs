using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Flow;

namespace Veelocity.Web.Metrics.Planning;

/// <summary>The life of one issue: the states it went through, how long each took, and the pull requests that are work on it (M27, M31).</summary>
public sealed class IssueLife(VeelocityDb db, TimeProvider clock)
{
    /// <param name="CycleSeconds">Created → last linked pull request merged (M27); null until then.</param>
    /// <param name="WorkSeconds">Started → completed; null until then, and when it was never started.</param>
    public sealed record Life(
        Guid Id, string Identifier, IReadOnlyList<string> PreviousIdentifiers, string Title, string Url, string StateName, string StateType, int Priority, double? Estimate,
        IReadOnlyList<string> Labels, string Team, string? Assignee, NamedPlace? Cycle, NamedPlace? Project, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt,
        DateTimeOffset? CompletedAt, DateTimeOffset? DeliveredAt, double? CycleSeconds, double? WorkSeconds, IReadOnlyList<State> States, IReadOnlyList<Pull> PullRequests);

    public sealed record NamedPlace(Guid Id, string Name);

    /// <param name="To">Null while it is in it.</param>
    public sealed record State(string Name, string Type, DateTimeOffset From, DateTimeOffset? To, double Seconds);

    /// <param name="DeployedAt">When it was first in production; null before.</param>
    public sealed record Pull(
        Guid Id, string Repository, int Number, string Title, PullRequestState State, DateTimeOffset? MergedAt, DateTimeOffset? DeployedAt, IssueLinkMethod Method);

    /// <summary>Null when the organization has no such issue.</summary>
    public async Task<Life?> FindAsync(Guid organizationId, Guid id, CancellationToken cancellation)
    {
        var found = await (
            from i in db.RowsOf<Issue>(organizationId)
            where i.Id == id
            join t in db.RowsOf<IssueTeam>(organizationId) on i.IssueTeamId equals t.Id
            join a in db.RowsOf<Account>(organizationId) on i.AssigneeAccountId equals a.Id into assignees
            from a in assignees.DefaultIfEmpty()
            join c in db.RowsOf<Cycle>(organizationId) on i.CycleId equals c.Id into cycles
            from c in cycles.DefaultIfEmpty()
            join p in db.RowsOf<Project>(organizationId) on i.ProjectId equals p.Id into projects
            from p in projects.DefaultIfEmpty()
            select new { Issue = i, Team = t.Name, Assignee = a.Name ?? a.Login, Cycle = c, Project = p }).SingleOrDefaultAsync(cancellation);
        if (found is null) return null;
        var issue = found.Issue;
        var now = clock.GetUtcNow();
        var spans = await db.RowsOf<IssueStateSpan>(organizationId).Where(s => s.IssueId == id).OrderBy(s => s.StartedAt).ToListAsync(cancellation);
        return new Life(
            issue.Id, issue.Identifier, issue.PreviousIdentifiers, issue.Title, issue.Url, issue.StateName, issue.StateType, issue.Priority, issue.Estimate, issue.Labels,
            found.Team, found.Assignee, found.Cycle is { } cycle ? new(cycle.Id, string.IsNullOrWhiteSpace(cycle.Name) ? $"Cycle {cycle.Number}" : cycle.Name) : null,
            found.Project is { } project ? new(project.Id, project.Name) : null, issue.CreatedAt, issue.FirstStartedAt, issue.LastCompletedAt, issue.DeliveredAt,
            Between(issue.CreatedAt, issue.DeliveredAt), Between(issue.FirstStartedAt, issue.LastCompletedAt),
            spans.ConvertAll(s => new State(s.StateName, s.StateType, s.StartedAt, s.EndedAt, ((s.EndedAt ?? now) - s.StartedAt).TotalSeconds)),
            await PullsAsync(organizationId, id, cancellation));
    }

    private async Task<IReadOnlyList<Pull>> PullsAsync(Guid organizationId, Guid issueId, CancellationToken cancellation)
    {
        var deployed = db.RowsOf<DeployedChange>(organizationId);
        return await (
            from l in db.RowsOf<IssueLink>(organizationId)
            where l.IssueId == issueId && l.RefusedAt == null
            join p in db.RowsOf<PullRequest>(organizationId) on l.PullRequestId equals p.Id
            join r in db.RowsOf<Repository>(organizationId) on p.RepositoryId equals r.Id
            orderby p.CreatedAt, p.Id
            select new Pull(
                p.Id, r.FullName, p.Number, p.Title, p.State, p.MergedAt,
                deployed.Where(c => c.PullRequestId == p.Id).Min(c => (DateTimeOffset?)c.DeployedAt), l.Method))
            .ToListAsync(cancellation);
    }

    private static double? Between(DateTimeOffset? from, DateTimeOffset? to) => from is { } start && to is { } end ? Math.Max(0, (end - start).TotalSeconds) : null;
}
