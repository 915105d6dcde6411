using System.Globalization;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.SampleData;

/// <summary>Teams, projects, cycles of two weeks, and an issue for each change that names one.</summary>
internal sealed class SamplePlanning
{
    private const int CycleDays = 14;
    private static readonly double[] Points = [1, 2, 3, 5, 8];
    private static readonly string[] Projects = ["Checkout redesign", "New ledger", "App 4.0"];

    private readonly SampleDice dice = new(47);
    private readonly SampleCalendar calendar;
    private readonly List<IssueFact> issues = [];

    private SamplePlanning(SampleCalendar calendar) => this.calendar = calendar;

    public List<Fact> Facts { get; } = [];

    public static SamplePlanning Tell(SampleCalendar calendar, IReadOnlyList<SampleChange> changes)
    {
        var story = new SamplePlanning(calendar);
        story.Facts.AddRange(SamplePeople.AtLinear.Select(actor => new AccountFact(actor)));
        foreach (var (team, project) in SamplePeople.Teams.Zip(Projects))
        {
            story.Facts.Add(new IssueTeamFact(team.ExternalId, team.Key, team.Name, false, true, "fibonacci", [.. team.Members.Select(SamplePeople.LinearIdOf)], null));
            story.Facts.Add(new ProjectFact(
                ProjectOf(team), project, $"https://linear.app/harbor/project/{ProjectOf(team)}", "In Progress", "started", team.Key == "PAY" ? "atRisk" : "onTrack",
                SamplePeople.LinearIdOf(team.First), [team.ExternalId], DateOnly.FromDateTime(calendar.DaysAgo(70, 0).UtcDateTime), DateOnly.FromDateTime(calendar.Now.AddDays(30).UtcDateTime),
                calendar.DaysAgo(80, 9), calendar.DaysAgo(1, 9), calendar.DaysAgo(70, 9), null, null, null));
        }
        foreach (var change in changes.Where(c => c.Issue is not null)) story.Plan(change);
        foreach (var team in SamplePeople.Teams) story.Wait(team);
        foreach (var team in SamplePeople.Teams) story.DrawCycles(team);
        story.Facts.AddRange(story.issues);
        return story;
    }

    private static string ProjectOf(SampleTeam team) => $"sample-project-{team.Key}";

    /// <summary>The issue behind a change: planned, begun with the first commit, in review with the pull request, done with the merge.</summary>
    private void Plan(SampleChange change)
    {
        var (pull, team) = (change.Pull, change.Repository.Team);
        var begun = pull.FirstCommitAt!.Value;
        var created = begun - dice.Around(TimeSpan.FromDays(3));
        var (done, canceled) = (pull.MergedAt, pull.State == PullState.Closed ? pull.ClosedAt : null);
        var steps = new List<(string Name, string Type, DateTimeOffset At)> { ("Todo", "unstarted", created), ("In Progress", "started", begun), ("In Review", "started", pull.CreatedAt) };
        if (done is { } end) steps.Add(("Done", "completed", end));
        else if (canceled is { } given) steps.Add(("Canceled", "canceled", given));
        Add(change.Issue!, pull.Title, team, change.Author, created, steps, begun, done, canceled, pull.HeadBranch);
    }

    /// <summary>What nobody has begun yet.</summary>
    private void Wait(SampleTeam team)
    {
        for (var i = 1; i <= 6; i++)
        {
            var created = calendar.DaysAgo(dice.Between(1, 30), 10);
            Add(string.Create(CultureInfo.InvariantCulture, $"{team.Key}-{9_00 + i}"), dice.Pick(["Write down how to release", "Look into slow queries", "Try dark mode", "Ask customers about filters"]), team,
                i % 2 == 0 ? team.First + 1 : null, created, [i % 3 == 0 ? ("Todo", "unstarted", created) : ("Backlog", "backlog", created)], null, null, null, null);
        }
    }

    private void Add(
        string identifier, string title, SampleTeam team, int? person, DateTimeOffset created, List<(string Name, string Type, DateTimeOffset At)> steps,
        DateTimeOffset? begun, DateTimeOffset? done, DateTimeOffset? canceled, string? branch)
    {
        var id = $"sample-issue-{identifier}";
        var cycle = (done ?? begun) is { } at && at >= FirstCycle ? CycleAt(at) : (int?)null;
        var isLate = dice.Chance(0.2);
        var isOfProject = created > calendar.DaysAgo(80, 0) && dice.Chance(0.35);
        issues.Add(new IssueFact(
            id, identifier, [], team.ExternalId, title, $"https://linear.app/harbor/issue/{identifier}", steps[^1].Name, steps[^1].Type, dice.Between(0, 4), dice.Pick(Points), branch, [],
            person is { } who ? SamplePeople.LinearIdOf(who) : null, SamplePeople.LinearIdOf(team.First), cycle is { } number ? CycleId(team, number) : null,
            isOfProject ? ProjectOf(team) : null, null, created, steps[^1].At, begun, done, canceled,
            cycle is { } n ? isLate ? StartOf(n).AddDays(dice.Between(2, 9)) : StartOf(n) : null, null, null, false,
            [.. steps.Select((step, i) => new StateSpanFact($"{id}-{i}", step.Name, step.Type, step.At, i + 1 < steps.Count ? steps[i + 1].At : null))], []));
    }

    private DateTimeOffset FirstCycle => StartOf(0);

    // Cycles begin on a Monday.
    private DateTimeOffset StartOf(int cycle) => calendar.WorkingDays.First(day => day.DayOfWeek == DayOfWeek.Monday).AddDays(cycle * CycleDays);

    private int CycleAt(DateTimeOffset at) => (int)((at - FirstCycle).TotalDays / CycleDays);

    private static string CycleId(SampleTeam team, int cycle) => string.Create(CultureInfo.InvariantCulture, $"sample-cycle-{team.Key}-{cycle}");

    private void DrawCycles(SampleTeam team)
    {
        for (var number = 0; StartOf(number) <= calendar.Now; number++)
        {
            var (starts, ends, id) = (StartOf(number), StartOf(number + 1), CycleId(team, number));
            var within = issues.FindAll(issue => issue.CycleExternalId == id);
            var days = Enumerable.Range(1, CycleDays).Select(day => starts.AddDays(day)).TakeWhile(day => day <= calendar.Now.AddDays(1)).ToList();
            Facts.Add(new CycleFact(
                id, team.ExternalId, number + 1, null, starts, ends, ends < calendar.Now ? ends : null, null,
                [.. days.Select(day => within.Where(Planned(day)).Sum(issue => issue.Estimate ?? 0))], [.. days.Select(day => within.Where(Completed(day)).Sum(issue => issue.Estimate ?? 0))],
                [.. days.Select(day => (double)within.Count(Planned(day)))], [.. days.Select(day => (double)within.Count(Completed(day)))]));
        }

        static Func<IssueFact, bool> Planned(DateTimeOffset day) => issue => issue.AddedToCycleAt < day;
        static Func<IssueFact, bool> Completed(DateTimeOffset day) => issue => issue.CompletedAt < day;
    }
}
