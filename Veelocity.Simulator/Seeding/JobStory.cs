using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>A job and its steps; the step in the middle is the one that breaks.</summary>
internal static class JobStory
{
    private static readonly string[] Steps = ["Set up job", "Check out", "Install", "Run", "Complete job"];

    public static Job Of(World world, string name, DateTimeOffset starts, DateTimeOffset ends, string outcome, bool isOver)
    {
        var job = new Job(9_500_000_000L + world.NextId(), name, starts)
        {
            CreatedAt = starts.AddSeconds(-3),
            CompletedAt = isOver ? ends : null,
            Status = isOver ? "completed" : "in_progress",
            Conclusion = isOver ? outcome : null,
            Runner = name.Contains("ios", StringComparison.Ordinal) ? "macos-15" : "ubuntu-latest",
        };
        var length = (ends - starts) / Steps.Length;
        for (var index = 0; index < Steps.Length; index++)
        {
            var conclusion = outcome == "success" || index < 3 || index == 4 ? "success" : outcome == "timed_out" ? "cancelled" : outcome;
            job.Steps.Add(new Step(index + 1, index == 3 ? $"Run {name}" : Steps[index], job.Status, isOver ? conclusion : null, starts + (length * index), isOver ? starts + (length * (index + 1)) : null));
        }

        return job;
    }
}
