namespace Veelocity.Simulator.Worlds;

/// <summary>A workflow of GitHub Actions.</summary>
public sealed record Workflow(long Id, string Name, string Path, DateTimeOffset CreatedAt) : INode
{
    /// <summary>What its file says on the default branch; null when the file is not there.</summary>
    public string? Text { get; set; }

    /// <summary><c>active</c> or one of the disabled states.</summary>
    public string State { get; init; } = "active";

    /// <inheritdoc />
    public string NodeId => NodeIds.Of("W", Id);
}

/// <summary>A run of a workflow; each re-run is one more attempt under the same id.</summary>
public sealed class WorkflowRun(Repository repository, Workflow workflow, long id, int number, DateTimeOffset createdAt) : INode
{
    /// <summary>Where it lies.</summary>
    public Repository Repository { get; } = repository;

    /// <summary>What ran.</summary>
    public Workflow Workflow { get; } = workflow;

    /// <summary>The database number, kept by re-runs.</summary>
    public long Id { get; } = id;

    /// <summary>The how-manieth run of its workflow.</summary>
    public int Number { get; } = number;

    /// <summary>When it was made: re-runs do not change it.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>What set it off: push, pull_request, schedule …</summary>
    public string Event { get; set; } = "push";

    /// <summary>The branch.</summary>
    public string? HeadBranch { get; set; }

    /// <summary>The commit.</summary>
    public string HeadSha { get; set; } = "";

    /// <summary>The title people see.</summary>
    public string DisplayTitle { get; set; } = "";

    /// <summary>Who set it off.</summary>
    public Account? Actor { get; set; }

    /// <summary>The attempts, first to last; never empty once the run is added.</summary>
    public List<RunAttempt> Attempts { get; } = [];

    /// <summary>The newest attempt: what the run itself shows.</summary>
    public RunAttempt Latest => Attempts[^1];

    /// <inheritdoc />
    public string NodeId => NodeIds.Of("WFR", Id);
}

/// <summary>One attempt of a run.</summary>
public sealed class RunAttempt(int number, DateTimeOffset startedAt)
{
    /// <summary>1 for the first.</summary>
    public int Number { get; } = number;

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; set; } = startedAt;

    /// <summary>queued, in_progress, completed, waiting, requested, pending.</summary>
    public string Status { get; set; } = "completed";

    /// <summary>success, failure, cancelled, skipped, timed_out …, or null while it runs.</summary>
    public string? Conclusion { get; set; }

    /// <summary>Who set this attempt off, when not the run's actor.</summary>
    public Account? TriggeringActor { get; set; }

    /// <summary>Its jobs.</summary>
    public List<Job> Jobs { get; } = [];
}

/// <summary>A job of an attempt.</summary>
public sealed class Job(long id, string name, DateTimeOffset startedAt)
{
    /// <summary>The database number.</summary>
    public long Id { get; } = id;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; set; } = startedAt;

    /// <summary>When a runner took it.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Like a run's.</summary>
    public string Status { get; set; } = "completed";

    /// <summary>Like a run's.</summary>
    public string? Conclusion { get; set; }

    /// <summary>The runner's label.</summary>
    public string Runner { get; set; } = "ubuntu-latest";

    /// <summary>Its steps, made when they are asked for: most never are.</summary>
    public IReadOnlyList<Step> Steps => StepsOf?.Invoke(this) ?? [];

    /// <summary>How its steps went.</summary>
    public Func<Job, IReadOnlyList<Step>>? StepsOf { get; init; }
}

/// <summary>A step of a job.</summary>
public sealed record Step(int Number, string Name, string Status, string? Conclusion, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt);
