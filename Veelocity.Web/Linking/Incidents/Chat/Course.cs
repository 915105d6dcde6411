using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>The course of one incident while its messages are gone through in time: opened, taken on, ended, opened again.</summary>
internal sealed class Course(DateTimeOffset startedAt)
{
    public DateTimeOffset StartedAt => startedAt;
    public DateTimeOffset? AcknowledgedAt { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }
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

    public void Reopen(FoundEvent note)
    {
        if (ResolvedAt is null || !MayReopenAt(note.At)) return;
        ResolvedAt = null;
        Events.Add(note);
    }
}
