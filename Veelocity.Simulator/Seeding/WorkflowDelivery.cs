using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>A deploy workflow on each push to the default branch, with failures, re-runs, repeats of successes and rollbacks by hand.</summary>
internal sealed class WorkflowDelivery(RepositoryStory home) : Delivery(home)
{
    private static readonly (string, int, int)[] Jobs = [("build", 2, 5), ("migrate", 1, 2), ("deploy-production", 2, 6)];
    private readonly List<string> _succeeded = [];
    private Workflow _deploy = null!;

    public override void Begin() => _deploy = Home.Actions.Add("Deploy", "deploy.yml");

    public override void Merged(PullRequest pull)
    {
        var head = Repository.Head!;
        Setting.Clock.At(Setting.Clock.Now + Dice.Minutes(8, 14), () => Deploy(head, "push", pull.MergedBy));
    }

    private void Deploy(Commit head, string happening, Account? actor)
    {
        var now = Setting.Clock.Now;
        var outcome = Home.Actions.Outcome(now, 0.88);
        var run = Home.Actions.Start(_deploy, happening, Repository.DefaultBranchName, head.Sha, head.Headline, actor, now, outcome, Jobs);
        if (outcome == "success")
            Succeeded(run, head, now);
        else if (outcome is "failure" or "timed_out")
            Retry(run, now);
    }

    private void Retry(WorkflowRun run, DateTimeOffset now)
    {
        var at = now + Dice.Minutes(20, 240);
        var second = Dice.Chance(0.75) ? "success" : "failure";
        Home.Actions.Again(run, at, Somebody(), second, Jobs);
        if (second == "failure")
            Home.Actions.Again(run, at + Dice.Minutes(30, 300), Somebody(), "success", Jobs);
    }

    private void Succeeded(WorkflowRun run, Commit head, DateTimeOffset now)
    {
        _succeeded.Add(head.Sha);
        if (Dice.Chance(0.02))
            Home.Actions.Again(run, now + Dice.Around(20), Somebody(), "success", Jobs);
        if (_succeeded.Count > 3 && Dice.Chance(Setting.IsBad(now) ? 0.12 : 0.02))
        {
            var target = Repository.Commits[_succeeded[^2]];
            Setting.Clock.At(now + Dice.Minutes(30, 120), () => Deploy(target, "workflow_dispatch", Somebody()));
        }
    }
}
