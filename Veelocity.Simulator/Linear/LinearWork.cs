using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Linear;

/// <summary>The life of an issue that pull requests are work on: its states follow theirs.</summary>
internal sealed class LinearWork(LinearWorkspace linear, Dice dice, DateTimeOffset now, Func<PullRequest, LinearUser?> authorOf)
{
    private static readonly string[] Kinds = ["Bug", "Feature", "Improvement"];
    private static readonly double[] Points = [1, 2, 2, 3, 3, 5, 8];

    public LinearIssue Tell(LinearTeam team, int number, IReadOnlyList<PullRequest> pulls, bool isAttached = false)
    {
        var begun = pulls.Min(p => p.Commits.Count > 0 && p.Commits[0].Author.Date < p.CreatedAt && p.Commits[0].Author.Date > p.CreatedAt.AddDays(-40) ? p.Commits[0].Author.Date : p.CreatedAt);
        var issue = linear.Issue(team, TitleOf(pulls[0]), begun - dice.Around(50), LinearState.Todo, number);
        issue.Assignee = authorOf(pulls[0]);
        issue.Creator = dice.Pick(team.Members);
        issue.Priority = dice.Between(0, 4);
        issue.Labels.Add(dice.Pick(Kinds));
        if (dice.Chance(0.75)) issue.Estimate = dice.Pick(Points);
        if (dice.Chance(0.1)) issue.DueDate = DateOnly.FromDateTime(begun.UtcDateTime.AddDays(9));

        var isJump = dice.Chance(0.08);
        if (!isJump) issue.Move(LinearState.InProgress, Between(issue.CreatedAt, begun, dice.Between(60, 95) / 100.0));
        var opened = pulls[0].CreatedAt;
        if (!isJump && opened > issue.UpdatedAt) issue.Move(LinearState.InReview, opened);
        End(issue, pulls);
        foreach (var pull in pulls)
            if (isAttached || dice.Chance(0.7)) linear.Attach(issue, UrlOf(pull), $"#{pull.Number} {pull.Title}", pull.CreatedAt.AddMinutes(1));
        return issue;
    }

    private void End(LinearIssue issue, IReadOnlyList<PullRequest> pulls)
    {
        if (pulls.All(p => p.MergedAt is null && p.ClosedAt is not null))
        {
            Move(issue, LinearState.Canceled, pulls.Max(p => p.ClosedAt!.Value));
            return;
        }
        if (pulls.Any(p => p.MergedAt is null && p.ClosedAt is null)) return;
        var merged = pulls.Max(p => p.MergedAt ?? p.CreatedAt);
        Move(issue, LinearState.Done, merged.AddMinutes(2));
        if (!dice.Chance(0.05)) return;
        // It came back, and was done again.
        var again = merged + dice.Around(30);
        if (again.AddHours(9) > now) return;
        Move(issue, LinearState.InProgress, again);
        Move(issue, LinearState.Done, again + dice.Minutes(120, 500));
    }

    private void Move(LinearIssue issue, LinearState state, DateTimeOffset at)
    {
        if (at > issue.UpdatedAt && at <= now) issue.Move(state, at);
    }

    private static DateTimeOffset Between(DateTimeOffset from, DateTimeOffset to, double share) => from + ((to - from) * share);

    private static string TitleOf(PullRequest pull) => pull.Title.StartsWith('[') ? pull.Title[(pull.Title.IndexOf(']', StringComparison.Ordinal) + 2)..] : pull.Title;

    // As people paste it: a tab of the page, or the repository in other letters.
    private static string UrlOf(PullRequest pull)
    {
        var name = pull.Number % 9 == 0 ? pull.Repository.FullName.ToUpperInvariant() : pull.Repository.FullName;
        return $"https://github.com/{name}/pull/{pull.Number}{(pull.Number % 5 == 0 ? "/files" : "")}";
    }
}
