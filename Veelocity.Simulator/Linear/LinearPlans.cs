using Veelocity.Simulator.Seeding;

namespace Veelocity.Simulator.Linear;

/// <summary>Cycles of two weeks and projects of a quarter, and which issues belong to them; the figures of a cycle's days follow from its issues.</summary>
internal sealed class LinearPlans(LinearWorkspace linear, Dice dice, DateTimeOffset begin, DateTimeOffset now)
{
    private static readonly TimeSpan Length = TimeSpan.FromDays(14);
    private static readonly string[] Themes = ["Faster checkout", "Accessibility", "Fewer refunds", "One design system", "Offline mode", "Fraud checks", "Loyalty", "Search that finds"];

    public void Draw()
    {
        var monday = begin.AddDays(-(((int)begin.DayOfWeek + 6) % 7));
        foreach (var team in linear.Teams.Where(t => t is { HasCycles: true, ArchivedAt: null, Visibility: "public" }))
        {
            for (var (start, number) = (monday, 1); start < now.AddDays(14); start += Length, number++)
            {
                var cycle = linear.Cycle(team, number, start, start + Length);
                if (cycle.EndsAt > now) continue;
                cycle.CompletedAt = cycle.UpdatedAt = cycle.EndsAt;
            }
            for (var (start, number) = (begin, 0); start < now; start = start.AddDays(91), number++) Project(team, start, Themes[(number + team.Key[0]) % Themes.Length]);
        }
    }

    public void Assign()
    {
        foreach (var issue in linear.Issues.Where(i => i.Assignee is not null))
        {
            if (dice.Chance(0.7)) issue.Project = linear.Projects.Find(p => p.Teams.Contains(issue.Team) && p.CreatedAt <= issue.CreatedAt && issue.CreatedAt < p.CreatedAt.AddDays(91));
            var end = issue.CompletedAt ?? (issue.State.Type == "started" ? now : null);
            if (end is null || linear.Cycles.Find(c => c.Team == issue.Team && c.StartsAt <= end && end < c.EndsAt) is not { } cycle) continue;
            issue.Cycle = cycle;
            // Planned before, or taken up on the way.
            var taken = issue.StartedAt > cycle.StartsAt && dice.Chance(0.4) ? issue.StartedAt.Value : cycle.StartsAt.AddHours(-dice.Between(1, 48));
            issue.AddedToCycleAt = taken > issue.CreatedAt ? taken : issue.CreatedAt;
        }
        foreach (var cycle in linear.Cycles) Count(cycle);
    }

    private void Count(LinearCycle cycle)
    {
        var issues = linear.Issues.Where(i => i.Cycle == cycle).ToList();
        for (var day = cycle.StartsAt; day < cycle.EndsAt && day <= now; day = day.AddDays(1))
        {
            var end = day.AddDays(1);
            var scope = issues.Where(i => i.AddedToCycleAt < end).ToList();
            var done = scope.Where(i => i.CompletedAt < end).ToList();
            cycle.Issues.Add(scope.Count);
            cycle.CompletedIssues.Add(done.Count);
            cycle.Scope.Add(scope.Sum(i => i.Estimate ?? 1));
            cycle.CompletedScope.Add(done.Sum(i => i.Estimate ?? 1));
        }
    }

    private void Project(LinearTeam team, DateTimeOffset start, string theme)
    {
        var project = linear.Project(theme, start, team);
        project.StartedAt = start.AddDays(3);
        (project.StartDate, project.TargetDate) = (DateOnly.FromDateTime(start.UtcDateTime), DateOnly.FromDateTime(start.UtcDateTime.AddDays(88)));
        project.Lead = dice.Pick(team.Members);
        var end = start.AddDays(dice.Between(80, 100));
        if (end < now) (project.Status, project.CompletedAt, project.UpdatedAt) = ("completed", end, end);
        else (project.Health, project.UpdatedAt) = (dice.Pick(["onTrack", "atRisk", "offTrack"]), start.AddDays(5) < now ? start.AddDays(5) : start);
    }
}
