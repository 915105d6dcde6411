using System.Globalization;

namespace Veelocity.Simulator.Linear;

/// <summary>An issue with the states it has been in.</summary>
public sealed class LinearIssue(string id, LinearTeam team, int number, string title, DateTimeOffset createdAt) : LinearThing(id, createdAt)
{
    private LinearState _state = LinearState.Backlog;

    public LinearTeam Team { get; private set; } = team;
    public int Number { get; private set; } = number;
    public string Title { get; set; } = title;
    public List<string> PreviousIdentifiers { get; } = [];
    public List<string> Labels { get; } = [];
    public List<LinearSpan> Spans { get; } = [];
    public List<LinearAttachment> Attachments { get; } = [];
    public int Priority { get; set; }
    public double? Estimate { get; set; }
    public bool IsTrashed { get; set; }
    public LinearUser? Assignee { get; set; }
    public LinearUser? Creator { get; set; }
    public LinearCycle? Cycle { get; set; }
    public LinearProject? Project { get; set; }
    public LinearIssue? Parent { get; set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? CompletedAt { get; private set; }
    public DateTimeOffset? CanceledAt { get; private set; }
    public DateTimeOffset? AddedToCycleAt { get; set; }
    public DateOnly? DueDate { get; set; }

    public string Identifier => string.Create(CultureInfo.InvariantCulture, $"{Team.Key}-{Number}");

    /// <summary>The state it is in.</summary>
    public LinearState State => Spans.Count == 0 ? _state : Spans[^1].State;

    public string Url => $"https://linear.app/acme/issue/{Identifier}";

    /// <summary>The branch that Linear suggests.</summary>
    public string BranchName => $"{Assignee?.DisplayName ?? "dev"}/{Identifier.ToLowerInvariant()}-{Seeding.Words.Slug(Title)}";

    /// <summary>Moves on; the times by type are set, and cleared when it goes back.</summary>
    public void Move(LinearState state, DateTimeOffset at)
    {
        if (Spans.Count > 0) Spans[^1] = Spans[^1] with { EndedAt = at };
        Spans.Add(new LinearSpan(string.Create(CultureInfo.InvariantCulture, $"{Id}-{Spans.Count}"), state, at, null));
        if (state.Type == "started") StartedAt ??= at;
        CompletedAt = state.Type == "completed" ? at : null;
        CanceledAt = state.Type is "canceled" or "duplicate" ? at : null;
        Touch(at);
    }

    /// <summary>Is in a state without a history of how it got there.</summary>
    public void Set(LinearState state, DateTimeOffset? startedAt, DateTimeOffset? completedAt, DateTimeOffset? canceledAt) =>
        (_state, StartedAt, CompletedAt, CanceledAt) = (state, startedAt, completedAt, canceledAt);

    /// <summary>Goes to another team: it keeps its id and gets another name.</summary>
    public void MoveTo(LinearTeam other, DateTimeOffset at)
    {
        PreviousIdentifiers.Add(Identifier);
        (Team, Number, Cycle, AddedToCycleAt) = (other, other.NextNumber++, null, null);
        Touch(at);
    }

    public void Touch(DateTimeOffset at) => UpdatedAt = at > UpdatedAt ? at : UpdatedAt;
}
