namespace Veelocity.Simulator.Linear;

/// <summary>Anything that Linear lists: it has an id and times.</summary>
public abstract class LinearThing(string id, DateTimeOffset createdAt)
{
    /// <summary>Linear's own id; it stays.</summary>
    public string Id { get; } = id;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>The last change that Linear counts as one.</summary>
    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public DateTimeOffset? ArchivedAt { get; set; }
}

/// <summary>Somebody, or an app.</summary>
public sealed class LinearUser(string id, string name, string displayName, string email, DateTimeOffset createdAt) : LinearThing(id, createdAt)
{
    public string Name { get; set; } = name;
    public string DisplayName { get; set; } = displayName;
    public string Email { get; set; } = email;
    public bool IsActive { get; set; } = true;
    public bool IsApp { get; set; }
    public bool IsGuest { get; set; }
    public string? GitHubUserId { get; set; }
}

/// <summary>A team with its states and members.</summary>
public sealed class LinearTeam(string id, string key, string name, DateTimeOffset createdAt) : LinearThing(id, createdAt)
{
    public string Key { get; set; } = key;
    public string Name { get; set; } = name;
    public string Visibility { get; set; } = "public";
    public bool HasCycles { get; set; } = true;
    public string EstimateScale { get; set; } = "fibonacci";
    public DateTimeOffset? RetiredAt { get; set; }
    public List<LinearUser> Members { get; } = [];

    /// <summary>The number that its next issue gets.</summary>
    public int NextNumber { get; set; } = 1;
}

/// <summary>A state of the workflow. The type is a word; new ones may come.</summary>
public sealed record LinearState(string Name, string Type)
{
    public static readonly LinearState Triage = new("Triage", "triage");
    public static readonly LinearState Backlog = new("Backlog", "backlog");
    public static readonly LinearState Todo = new("Todo", "unstarted");
    public static readonly LinearState InProgress = new("In Progress", "started");
    public static readonly LinearState InReview = new("In Review", "started");
    public static readonly LinearState Done = new("Done", "completed");
    public static readonly LinearState Canceled = new("Canceled", "canceled");
    public static readonly LinearState Duplicate = new("Duplicate", "duplicate");

    /// <summary>Its own id.</summary>
    public string Id { get; init; } = "state-" + Name.ToLowerInvariant().Replace(' ', '-');
}

/// <summary>A time in one state.</summary>
public sealed record LinearSpan(string Id, LinearState State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <summary>A link at an issue.</summary>
public sealed class LinearAttachment(string id, LinearIssue issue, string url, string title, DateTimeOffset createdAt) : LinearThing(id, createdAt)
{
    public LinearIssue Issue { get; } = issue;
    public string Url { get; set; } = url;
    public string Title { get; set; } = title;
    public string? SourceType { get; set; } = "github";
}

/// <summary>Planned work larger than an issue.</summary>
public sealed class LinearProject(string id, string name, DateTimeOffset createdAt) : LinearThing(id, createdAt)
{
    public string Name { get; set; } = name;
    public string Status { get; set; } = "started";
    public string? Health { get; set; }
    public LinearUser? Lead { get; set; }
    public List<LinearTeam> Teams { get; } = [];
    public DateOnly? StartDate { get; set; }
    public DateOnly? TargetDate { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? CompletedAt { get; set; }
    public DateTimeOffset? CanceledAt { get; set; }
}

/// <summary>A span of a team's planning, with the figures of its days.</summary>
public sealed class LinearCycle(string id, LinearTeam team, int number, DateTimeOffset startsAt, DateTimeOffset endsAt) : LinearThing(id, startsAt.AddDays(-14))
{
    public LinearTeam Team { get; } = team;
    public int Number { get; } = number;
    public string? Name { get; set; }
    public DateTimeOffset StartsAt { get; } = startsAt;
    public DateTimeOffset EndsAt { get; } = endsAt;
    public DateTimeOffset? CompletedAt { get; set; }
    public List<double> Scope { get; } = [];
    public List<double> CompletedScope { get; } = [];
    public List<double> Issues { get; } = [];
    public List<double> CompletedIssues { get; } = [];
}
