using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>
/// Both apps built every night in one run: first a job for both, then one for each platform side by side, so that one may fail alone. Chance is
/// its own, which leaves the rest of the world as it is.
/// </summary>
internal sealed class MobileNights(RepositoryStory home)
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    private readonly Dice _dice = new(home.Setting.Options.Seed + 7_919);
    private Workflow _workflow = null!;

    public void Begin()
    {
        _workflow = home.Actions.Add("Mobile CI", "mobile-ci.yml", WorkflowText.Both);
        home.Setting.Clock.At(home.Setting.Start.AddDays(2), Night);
    }

    private void Night()
    {
        var now = home.Setting.Clock.Now;
        var head = home.Repository.Head!;
        var run = new WorkflowRun(home.Repository, _workflow, 9_000_000_000L + home.Setting.World.NextId(), home.Actions.NextNumber(_workflow), now)
        {
            Event = "schedule",
            HeadBranch = home.Repository.DefaultBranchName,
            HeadSha = head.Sha,
            DisplayTitle = "Mobile CI",
            Actor = home.Setting.People.Actions,
        };
        run.Attempts.Add(Attempt(1, now, 0.86));
        home.Repository.Add(run);
        if (run.Latest.Conclusion == "failure" && _dice.Chance(0.6))
            home.Setting.Clock.At(now + _dice.Minutes(60, 200), () => run.Attempts.Add(Attempt(2, home.Setting.Clock.Now, 0.85)));
        home.Setting.Clock.At(now + Every, Night);
    }

    private RunAttempt Attempt(int number, DateTimeOffset at, double success)
    {
        var attempt = new RunAttempt(number, at);
        if (_dice.Chance(0.01))
        {
            (attempt.Conclusion, attempt.UpdatedAt) = ("startup_failure", at.AddSeconds(4));
            return attempt;
        }
        var prepared = Run(attempt, "prepare", at.AddSeconds(_dice.Between(4, 20)), 1, 3, 0.99);
        if (prepared.Conclusion == "success")
        {
            Run(attempt, "build-android", prepared.End.AddSeconds(_dice.Between(4, 30)), 8, 17, success);
            Run(attempt, "build-ios", prepared.End.AddSeconds(_dice.Between(20, 240)), 17, 33, success);
        }
        var isOver = attempt.Jobs.TrueForAll(job => job.CompletedAt is not null);
        attempt.Status = isOver ? "completed" : "in_progress";
        attempt.Conclusion = !isOver ? null : attempt.Jobs.Find(job => job.Conclusion != "success")?.Conclusion ?? "success";
        attempt.UpdatedAt = isOver ? attempt.Jobs.Max(job => job.CompletedAt!.Value).AddSeconds(2) : at;
        return attempt;
    }

    private (string Conclusion, DateTimeOffset End) Run(RunAttempt attempt, string name, DateTimeOffset starts, int least, int most, double success)
    {
        var conclusion = _dice.Chance(success) ? "success" : _dice.Pick(["failure", "failure", "failure", "failure", "timed_out", "cancelled"]);
        var end = conclusion == "timed_out" ? starts.AddMinutes(60) : starts + _dice.Minutes(least, most);
        attempt.Jobs.Add(JobStory.Of(home.Setting.World, name, starts, end, conclusion, end <= home.Setting.End));
        return (conclusion, end);
    }
}
