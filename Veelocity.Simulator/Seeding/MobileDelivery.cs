using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>Two apps in one repository: a build of each for every merge and for half of the pull requests, both together every night and every week, releases fortnightly.</summary>
internal sealed class MobileDelivery(RepositoryStory home) : Delivery(home)
{
    private readonly ReleaseDelivery _releases = new(home, "app-", 14);
    private Workflow _ios = null!;
    private Workflow _android = null!;
    private Workflow _both = null!;

    public override void Begin()
    {
        _ios = Home.Actions.Add("iOS build", "ios-build.yml", WorkflowText.Ios);
        _android = Home.Actions.Add("Android build", "android-build.yml", WorkflowText.Android);
        _both = Home.Actions.Add("Weekly mobile builds", "mobile-weekly.yml", WorkflowText.Both);
        new MobileNights(Home).Begin();
        Setting.Clock.At(Setting.Start.AddDays(3), Weekly);
        _releases.Begin();
    }

    public override void Opened(PullRequest pull)
    {
        if (Dice.Chance(0.5))
            Build("pull_request", pull.HeadRef, pull.Commits[^1].Sha, pull.Title, pull.Author);
    }

    public override void Merged(PullRequest pull) => Build("push", Repository.DefaultBranchName, Repository.Head!.Sha, Repository.Head!.Headline, pull.MergedBy);

    private void Build(string happening, string branch, string sha, string title, Account? actor)
    {
        Run(_ios, 0.83, ("build-ios", 16, 34));
        Run(_android, 0.88, ("build-android", 7, 18));

        void Run(Workflow workflow, double success, (string, int, int) job)
        {
            var now = Setting.Clock.Now;
            var run = Home.Actions.Start(workflow, happening, branch, sha, title, actor, now, Home.Actions.Outcome(now, success), job);
            if (run.Latest.Conclusion == "failure" && Dice.Chance(0.4))
                Home.Actions.Again(run, now + Dice.Minutes(40, 120), actor, Dice.Chance(0.8) ? "success" : "failure", job);
        }
    }

    private void Weekly()
    {
        var now = Setting.Clock.Now;
        Home.Actions.Start(_both, "schedule", Repository.DefaultBranchName, Repository.Head!.Sha, "Weekly mobile builds", null, now, Home.Actions.Outcome(now, 0.85), ("build-android", 7, 18), ("build-ios", 16, 34));
        Setting.Clock.At(now.AddDays(7), Weekly);
    }
}
