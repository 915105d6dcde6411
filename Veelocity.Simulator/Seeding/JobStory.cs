using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>A job and its steps; the step in the middle is the one that breaks.</summary>
internal static class JobStory
{
    private static readonly string[] Names = ["Set up job", "Check out", "Install", "Run", "Complete job"];
    private const int Breaks = 3;

    public static Job Of(World world, string name, DateTimeOffset starts, DateTimeOffset ends, string outcome, bool isOver) => new(9_500_000_000L + world.NextId(), name, starts)
    {
        CreatedAt = starts.AddSeconds(-3),
        CompletedAt = isOver ? ends : null,
        Status = isOver ? "completed" : "in_progress",
        Conclusion = isOver ? outcome : null,
        Runner = name.Contains("ios", StringComparison.Ordinal) ? "macos-15" : "ubuntu-latest",
        StepsOf = Steps,
    };

    private static Step[] Steps(Job job)
    {
        var length = job.CompletedAt is { } end ? (end - job.StartedAt) / Names.Length : TimeSpan.FromMinutes(1);
        return [.. Names.Select((name, index) => new Step(
            index + 1,
            index == Breaks ? $"Run {job.Name}" : name,
            job.Status,
            job.Conclusion is null ? null : index == Breaks ? (job.Conclusion == "timed_out" ? "cancelled" : job.Conclusion) : "success",
            job.StartedAt + (length * index),
            job.CompletedAt is null ? null : job.StartedAt + (length * (index + 1))))];
    }
}
