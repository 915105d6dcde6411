using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>A job and its steps. Where one breaks, it is the step that does the work; builds of apps break here or there.</summary>
internal static class JobStory
{
    private static readonly string[] Ios = ["Set up job", "Check out", "Install pods", "Build", "Unit tests", "UI tests", "Upload to TestFlight", "Complete job"];
    private static readonly string[] Android = ["Set up job", "Check out", "Set up Java", "Assemble", "Unit tests", "Lint", "Complete job"];
    private static readonly int[] IosBreaks = [3, 3, 4, 4, 4, 5, 5, 5, 5, 2, 6], AndroidBreaks = [3, 3, 3, 4, 4, 4, 5];

    public static Job Of(World world, string name, DateTimeOffset starts, DateTimeOffset ends, string outcome, bool isOver) => new(9_500_000_000L + world.NextId(), name, starts)
    {
        CreatedAt = starts.AddSeconds(-3),
        CompletedAt = isOver ? ends : null,
        Status = isOver ? "completed" : "in_progress",
        Conclusion = isOver ? outcome : null,
        Runner = IsForMac(name) ? "macos-15" : "ubuntu-latest",
        StepsOf = Steps,
    };

    public static bool IsForMac(string job) => job.Contains("ios", StringComparison.Ordinal);

    private static Step[] Steps(Job job)
    {
        var (names, breaks) = StoryOf(job);
        var length = job.CompletedAt is { } end ? (end - job.StartedAt) / names.Length : TimeSpan.FromMinutes(1);
        return [.. names.Select((name, index) => new Step(
            index + 1,
            name,
            job.Status,
            job.Conclusion is null ? null : index == breaks ? (job.Conclusion == "timed_out" ? "cancelled" : job.Conclusion) : "success",
            job.StartedAt + (length * index),
            job.CompletedAt is null ? null : job.StartedAt + (length * (index + 1))))];
    }

    private static (string[] Names, int Breaks) StoryOf(Job job) =>
        IsForMac(job.Name) ? (Ios, IosBreaks[job.Id % IosBreaks.Length])
        : job.Name.Contains("android", StringComparison.Ordinal) ? (Android, AndroidBreaks[job.Id % AndroidBreaks.Length])
        : (["Set up job", "Check out", "Install", $"Run {job.Name}", "Complete job"], 3);
}
