namespace Veelocity.Simulator.Histories;

/// <summary>One change of the world: its kind, when it happened, in which repository, and in words.</summary>
public sealed record Change(string Kind, DateTimeOffset At, string? Repository, string Description);

/// <summary>Narrows what a named change happens to; what is left out is drawn.</summary>
public sealed record ChangeTarget
{
    /// <summary>Owner and name.</summary>
    public string? Repository { get; init; }

    /// <summary>A pull request's number.</summary>
    public int? Number { get; init; }

    /// <summary>A run's, deployment's, review's or release's id.</summary>
    public long? Id { get; init; }

    /// <summary>How it ends: a run's conclusion, a deployment's state, a review's state, or <c>squash</c>, <c>merge</c>, <c>rebase</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>A new title, label, tag, environment, branch or repository name.</summary>
    public string? Name { get; init; }
}

/// <summary>A kind of change: how often it comes in a random history, and what it does; null when nothing fits it now.</summary>
internal sealed record ChangeKind(string Name, int Weight, Func<Scene, string?> Apply);
