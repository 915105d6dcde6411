using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Planning;

/// <summary>Where a cycle stands.</summary>
public enum CycleStanding
{
    Planned,
    Running,
    Over,
}

/// <summary>
/// Cycles with their scope and what of it was completed. Both come from what the tracker recorded at the end of each day, because issues
/// that were not completed move on to the next cycle and no longer tell that they were in it.
/// </summary>
public sealed class Cycles(VeelocityDb db, TimeProvider clock)
{
    /// <param name="Issues">Counted in issues.</param>
    /// <param name="Points">In the estimates of its team; issues without one count as the tracker counts them.</param>
    public sealed record Item(
        Guid Id, Guid IssueTeamId, string TeamKey, string Team, int Number, string? Name, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
        DateTimeOffset? CompletedAt, CycleStanding Standing, ScopeOverTime Issues, ScopeOverTime Points)
    {
        public string NameForPeople => string.IsNullOrWhiteSpace(Name) ? $"Cycle {Number}" : Name;
    }

    /// <param name="At">The end of this day, counted from the start.</param>
    public sealed record Day(DateTimeOffset At, double Issues, double? Completed);

    public sealed record Life(Item Cycle, IReadOnlyList<Day> Days);

    /// <summary>The latest first; archived ones only once they began.</summary>
    /// <param name="issueTeamId">Only of this team; null for all.</param>
    public async Task<Page<Item>> AskAsync(Guid organizationId, Guid? issueTeamId, PageRequest page, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var cycles = db.RowsOf<Cycle>(organizationId)
            .Where(c => issueTeamId == null || c.IssueTeamId == issueTeamId)
            .Where(c => c.ArchivedAt == null || c.StartsAt <= now);
        var total = await cycles.LongCountAsync(cancellation);
        var rows = await (
            from c in cycles
            join t in db.RowsOf<IssueTeam>(organizationId) on c.IssueTeamId equals t.Id
            orderby c.StartsAt descending, t.Key, c.Id
            select new { Cycle = c, Team = t }).Skip(page.Offset).Take(page.PerPage).ToListAsync(cancellation);
        return new Page<Item>([.. rows.Select(row => Of(row.Cycle, row.Team, now))], page.Number, page.PerPage, total);
    }

    /// <summary>Null when the organization has no such cycle.</summary>
    public async Task<Life?> FindAsync(Guid organizationId, Guid id, CancellationToken cancellation)
    {
        var row = await (
            from c in db.RowsOf<Cycle>(organizationId)
            where c.Id == id
            join t in db.RowsOf<IssueTeam>(organizationId) on c.IssueTeamId equals t.Id
            select new { Cycle = c, Team = t }).SingleOrDefaultAsync(cancellation);
        if (row is null) return null;
        var days = row.Cycle.IssuesByDay.Select((issues, day) => new Day(
            row.Cycle.StartsAt.AddDays(day), issues, day < row.Cycle.CompletedIssuesByDay.Length ? row.Cycle.CompletedIssuesByDay[day] : null));
        return new Life(Of(row.Cycle, row.Team, clock.GetUtcNow()), [.. days]);
    }

    private static Item Of(Cycle cycle, IssueTeam team, DateTimeOffset now) => new(
        cycle.Id, team.Id, team.Key, team.Name, cycle.Number, cycle.Name, cycle.StartsAt, cycle.EndsAt, cycle.CompletedAt,
        cycle.CompletedAt is not null || cycle.EndsAt <= now ? CycleStanding.Over : cycle.StartsAt > now ? CycleStanding.Planned : CycleStanding.Running,
        ScopeOverTime.Of(cycle.IssuesByDay, cycle.CompletedIssuesByDay), ScopeOverTime.Of(cycle.ScopeByDay, cycle.CompletedScopeByDay));
}
