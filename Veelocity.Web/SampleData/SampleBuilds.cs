using System.Globalization;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.SampleData;

/// <summary>Builds of the mobile app for each pull request and merge; lately many of those for iOS fail and pass when tried again.</summary>
internal sealed class SampleBuilds(SampleCalendar calendar)
{
    private const long Ios = 71, Android = 72;

    private readonly SampleDice dice = new(23);
    private long runNumber = 40_000;

    public List<Fact> Facts { get; } = [];

    public static SampleBuilds Tell(SampleCalendar calendar, IEnumerable<SampleChange> changes)
    {
        var story = new SampleBuilds(calendar);
        var repository = SampleCode.Repositories[^1];
        story.Facts.Add(new WorkflowFact(repository.ExternalId, Ios, "iOS build", ".github/workflows/ios-build.yml", "active"));
        story.Facts.Add(new WorkflowFact(repository.ExternalId, Android, "Android build", ".github/workflows/android-build.yml", "active"));
        foreach (var change in changes.Where(c => c.Repository == repository))
        {
            story.Build(change, "pull_request", change.Pull.HeadBranch, change.Pull.HeadSha, change.Pull.CreatedAt);
            if (change.Pull.MergedAt is { } merged) story.Build(change, "push", "main", change.Pull.MergeCommitSha!, merged);
        }
        return story;
    }

    private void Build(SampleChange change, string happening, string branch, string sha, DateTimeOffset at)
    {
        Run(change, Ios, happening, branch, sha, at.AddSeconds(20), ("build-ios", 17, 27), calendar.IsFlaky(at) ? 0.3 : 0.05, calendar.IsFlaky(at) ? 0.95 : 0.4, "UI tests");
        Run(change, Android, happening, branch, sha, at.AddSeconds(20), ("build-android", 8, 13), 0.06, 0.3, "Unit tests");
    }

    /// <param name="repair">How often the same commit passes when it is tried again.</param>
    private void Run(
        SampleChange change, long workflow, string happening, string branch, string sha, DateTimeOffset at, (string Name, int Least, int Most) job,
        double failure, double repair, string step)
    {
        var id = ++runNumber;
        var fails = dice.Chance(failure);
        Attempt(1, at, fails);
        if (fails && dice.Chance(0.8)) Attempt(2, at + dice.Minutes(35, 120), !dice.Chance(repair));

        void Attempt(int number, DateTimeOffset asked, bool isFailure)
        {
            var started = asked + dice.Minutes(0, 3);
            var end = started + dice.Minutes(job.Least, job.Most);
            if (end > calendar.Now) return;
            var conclusion = isFailure ? "failure" : "success";
            Facts.Add(new WorkflowRunFact(
                change.Repository.ExternalId, workflow, id, number, (int)(id - 40_000), change.Pull.Title,
                string.Create(CultureInfo.InvariantCulture, $"{change.Repository.Url}/actions/runs/{id}"), happening, branch, sha, "completed", conclusion, change.Pull.Author,
                at, asked, end, [new WorkflowJobFact((id * 10) + number, job.Name, "completed", conclusion, started, end, isFailure ? step : null)]));
        }
    }
}
