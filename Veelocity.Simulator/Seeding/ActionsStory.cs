using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>Runs workflows: how long, how they end, and who runs them again.</summary>
internal sealed class ActionsStory(Setting setting, Repository repository)
{
    private readonly Dice _dice = setting.Dice;
    private readonly Dictionary<Workflow, int> _numbers = [];
    private Workflow? _checks;

    public Workflow Add(string name, string file, string? text = null) =>
        repository.Add(new Workflow(setting.World.NextId(), name, ".github/workflows/" + file, repository.CreatedAt) { Text = text ?? WorkflowText.Plain(name) });

    /// <summary>The checks of a push to a pull request's branch.</summary>
    public void Check(PullRequest pull, DateTimeOffset at)
    {
        var run = Start(Checks, "pull_request", pull.HeadRef, pull.Commits[^1].Sha, pull.Title, pull.Author, at, Outcome(at, 0.84), ("build", 3, 6), ("test", 4, 12));
        if (run.Latest.Conclusion == "failure" && _dice.Chance(0.35))
            Again(run, at + _dice.Minutes(20, 90), pull.Author, "success", ("build", 3, 6), ("test", 4, 12));
    }

    /// <summary>The checks of what was merged.</summary>
    public void CheckMain(Commit head, PullRequest pull, DateTimeOffset at) =>
        Start(Checks, "push", repository.DefaultBranchName, head.Sha, head.Headline, pull.MergedBy, at, Outcome(at, 0.94), ("build", 3, 6), ("test", 4, 12));

    public string Outcome(DateTimeOffset at, double success)
    {
        var share = setting.IsBad(at) ? success - 0.18 : success;
        return _dice.Chance(share) ? "success" : _dice.Pick(["failure", "failure", "failure", "failure", "failure", "cancelled", "cancelled", "timed_out", "startup_failure", "skipped"]);
    }

    /// <summary>Starts a run; what would end after the world's end is still in progress.</summary>
    public WorkflowRun Start(
        Workflow workflow, string happening, string branch, string sha, string title, Account? actor, DateTimeOffset at, string outcome, params (string Name, int Least, int Most)[] jobs)
    {
        var run = new WorkflowRun(repository, workflow, 9_000_000_000L + setting.World.NextId(), NextNumber(workflow), at)
        {
            Event = happening,
            HeadBranch = branch,
            HeadSha = sha,
            DisplayTitle = title,
            Actor = actor ?? setting.People.Actions,
        };
        run.Attempts.Add(Attempt(1, at, outcome, jobs));
        return repository.Add(run);
    }

    /// <summary>Runs it once more at a later time, under the same id.</summary>
    public void Again(WorkflowRun run, DateTimeOffset at, Account? by, string outcome, params (string Name, int Least, int Most)[] jobs) => setting.Clock.At(at, () =>
    {
        var attempt = Attempt(run.Attempts.Count + 1, setting.Clock.Now, outcome, jobs);
        attempt.TriggeringActor = by ?? run.Actor;
        run.Attempts.Add(attempt);
    });

    /// <summary>A run every night, as long as the repository lives.</summary>
    public void RunNightly(DateTimeOffset from)
    {
        var nightly = Add("Nightly checks", "nightly.yml");
        for (var night = from; night < setting.End; night = night.AddDays(1))
        {
            setting.Clock.At(night, () => Start(
                nightly, "schedule", repository.DefaultBranchName, repository.Head!.Sha, "Nightly checks", null, setting.Clock.Now, Outcome(setting.Clock.Now, 0.93), ("test", 4, 12)));
        }
    }

    public int NextNumber(Workflow workflow) => _numbers[workflow] = _numbers.GetValueOrDefault(workflow) + 1;

    private Workflow Checks => _checks ??= Add("CI", "ci.yml");

    private RunAttempt Attempt(int number, DateTimeOffset at, string outcome, (string Name, int Least, int Most)[] jobs)
    {
        var attempt = new RunAttempt(number, at) { Conclusion = outcome };
        var clock = at;
        if (outcome is not ("startup_failure" or "skipped"))
        {
            var breaks = outcome == "success" ? -1 : _dice.Between(0, jobs.Length - 1);
            for (var index = 0; index < jobs.Length; index++)
            {
                var starts = clock + TimeSpan.FromSeconds(_dice.Between(3, 45) * (JobStory.IsForMac(jobs[index].Name) ? 4 : 1));
                clock = outcome == "timed_out" && index == breaks ? starts.AddMinutes(60) : starts + _dice.Minutes(jobs[index].Least, jobs[index].Most);
                attempt.Jobs.Add(JobStory.Of(setting.World, jobs[index].Name, starts, clock, index == breaks ? outcome : "success", clock <= setting.End));
                if (index == breaks)
                    break;
            }
        }

        attempt.UpdatedAt = clock.AddSeconds(2);
        if (clock <= setting.End)
            return attempt;
        attempt.Status = "in_progress";
        attempt.Conclusion = null;
        attempt.UpdatedAt = at;
        return attempt;
    }
}
