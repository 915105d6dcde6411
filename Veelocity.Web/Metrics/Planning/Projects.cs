using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Planning;

/// <summary>
/// Projects with their scope and what of it was completed, counted in the issues that are in them now: the tracker keeps no record of those that
/// left. Canceled and duplicate issues leave the scope when they end.
/// </summary>
public sealed class Projects(VeelocityDb db, TimeProvider clock)
{
    /// <param name="Issues">In its scope: neither canceled nor duplicate.</param>
    /// <param name="AddedAfterStart">Of these, created after the project started; null while it has not.</param>
    public sealed record Item(
        Guid Id, string Name, string Url, string StatusName, string StatusType, string? Health, string? Lead, IReadOnlyList<string> Teams,
        DateOnly? StartDate, DateOnly? TargetDate, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, int Issues, int Completed, int Canceled, int? AddedAfterStart)
    {
        public double? Share => Issues > 0 ? (double)Completed / Issues : null;
    }

    /// <param name="At">The end of this week.</param>
    /// <param name="IsPartial">It is not over.</param>
    public sealed record Week(DateTimeOffset At, int Issues, int Completed, bool IsPartial);

    public sealed record Life(Item Project, IReadOnlyList<Week> Weeks);

    private const int MostWeeks = 104;

    /// <summary>Those under way first, then the latest.</summary>
    /// <param name="issueTeamId">Only those this team has a part in; null for all.</param>
    public async Task<Page<Item>> AskAsync(Guid organizationId, Guid? issueTeamId, PageRequest page, CancellationToken cancellation)
    {
        var projects = db.RowsOf<Project>(organizationId)
            .Where(p => p.ArchivedAt == null && (issueTeamId == null || p.IssueTeamIds.Contains(issueTeamId.Value)));
        var total = await projects.LongCountAsync(cancellation);
        var rows = await projects
            .OrderBy(p => p.StatusType == "started" ? 0 : p.StatusType == "paused" ? 1 : p.StatusType == "planned" ? 2 : p.StatusType == "backlog" ? 3 : 4)
            .ThenByDescending(p => p.UpdatedAt).ThenBy(p => p.Id)
            .Skip(page.Offset).Take(page.PerPage).ToListAsync(cancellation);
        return new Page<Item>(await ItemsAsync(organizationId, rows, cancellation), page.Number, page.PerPage, total);
    }

    /// <summary>Null when the organization has no such project.</summary>
    public async Task<Life?> FindAsync(Guid organizationId, Guid id, CancellationToken cancellation)
    {
        var rows = await db.RowsOf<Project>(organizationId).Where(p => p.Id == id).ToListAsync(cancellation);
        if (rows.Count == 0) return null;
        var issues = await db.RowsOf<Issue>(organizationId).Where(i => i.ProjectId == id && !i.IsTrashed)
            .Select(i => new Span(i.CreatedAt, i.LastCompletedAt, i.StateType == "canceled" || i.StateType == "duplicate" ? i.CanceledAt ?? i.UpdatedAt : null))
            .ToListAsync(cancellation);
        return new Life((await ItemsAsync(organizationId, rows, cancellation))[0], Weeks(rows[0], issues, clock.GetUtcNow()));
    }

    private static List<Week> Weeks(Project project, List<Span> issues, DateTimeOffset now)
    {
        if (issues.Count == 0) return [];
        var last = project.CompletedAt ?? project.CanceledAt ?? now;
        var first = issues.Min(i => i.CreatedAt);
        if (project.StartedAt is { } started && started < last) first = started;
        var weeks = new List<Week>();
        for (var end = last; weeks.Count < MostWeeks; end = end.AddDays(-7))
        {
            weeks.Add(new Week(
                end, issues.Count(i => i.CreatedAt <= end && (i.LeftAt is null || i.LeftAt > end)), issues.Count(i => i.CompletedAt <= end), end == now));
            if (end <= first) break;
        }
        weeks.Reverse();
        return weeks;
    }

    private async Task<IReadOnlyList<Item>> ItemsAsync(Guid organizationId, List<Project> projects, CancellationToken cancellation)
    {
        var ids = projects.ConvertAll(p => (Guid?)p.Id);
        var starts = projects.ToDictionary(p => p.Id, p => p.StartedAt);
        var issues = (await db.RowsOf<Issue>(organizationId).Where(i => ids.Contains(i.ProjectId) && !i.IsTrashed)
            .Select(i => new { i.ProjectId, i.CreatedAt, IsOut = i.StateType == "canceled" || i.StateType == "duplicate", IsDone = i.LastCompletedAt != null })
            .ToListAsync(cancellation)).ToLookup(i => i.ProjectId!.Value);
        var leads = projects.ConvertAll(p => p.LeadAccountId);
        var names = await db.RowsOf<Account>(organizationId).Where(a => leads.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name ?? a.Login, cancellation);
        var teams = await db.RowsOf<IssueTeam>(organizationId).ToDictionaryAsync(t => t.Id, t => t.Name, cancellation);
        return projects.ConvertAll(p =>
        {
            var scope = issues[p.Id].Where(i => !i.IsOut).ToList();
            return new Item(
                p.Id, p.Name, p.Url, p.StatusName, p.StatusType, p.Health, p.LeadAccountId is { } lead ? names.GetValueOrDefault(lead) : null,
                [.. p.IssueTeamIds.Where(teams.ContainsKey).Select(t => teams[t]).Order(StringComparer.CurrentCulture)],
                p.StartDate, p.TargetDate, p.StartedAt, p.CompletedAt, scope.Count, scope.Count(i => i.IsDone), issues[p.Id].Count() - scope.Count,
                starts[p.Id] is { } started ? scope.Count(i => i.CreatedAt > started) : null);
        });
    }

    private sealed record Span(DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt, DateTimeOffset? LeftAt);
}
