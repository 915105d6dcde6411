using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>The course of one incident while its messages are gone through in time: opened, taken on, ended, opened again.</summary>
internal sealed class Course(DateTimeOffset startedAt)
{
    private bool _endedSometime;

    public DateTimeOffset StartedAt { get; } = startedAt;
    public DateTimeOffset? AcknowledgedAt { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }

    /// <summary>When it last started, again if it was reopened.</summary>
    public DateTimeOffset OpenedAt { get; private set; } = startedAt;

    /// <summary>Somebody said that it ended, and nothing says when (M23).</summary>
    public bool HasUnknownEnd => _endedSometime && ResolvedAt is null && OpenedAt == StartedAt;

    public List<FoundEvent> Events { get; } = [];

    /// <summary>An end within this span of which it starts again is none.</summary>
    public bool MayReopenAt(DateTimeOffset at) => ResolvedAt is null || at - ResolvedAt <= Incident.ReopenSpan;

    public void Acknowledge(FoundEvent note)
    {
        if (AcknowledgedAt is not null || ResolvedAt is not null) return;
        AcknowledgedAt = note.At;
        Events.Add(note);
    }

    public void Resolve(FoundEvent note)
    {
        if (ResolvedAt is not null) return;
        ResolvedAt = note.At;
        Events.Add(note);
    }

    public void EndAtUnknownTime() => _endedSometime = true;

    public void Reopen(FoundEvent note)
    {
        if (ResolvedAt is null || !MayReopenAt(note.At)) return;
        (ResolvedAt, OpenedAt) = (null, note.At);
        Events.Add(note);
    }
}
