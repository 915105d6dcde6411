using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>Who asked for a sync.</summary>
public enum SyncTrigger
{
    FirstConnect,
    Schedule,
    Manual,
    Command,
}

/// <summary>How a sync ended, in words a person understands.</summary>
public enum SyncOutcome
{
    Done,
    RateLimited,
    Unauthorized,
    Unreachable,
    Cancelled,
    Failed,
}

/// <summary>Where a sync stands: waiting, at work, or its outcome.</summary>
public enum SyncStatus
{
    Queued,
    Running,
    Parked,
    Done,
    RateLimited,
    Unauthorized,
    Unreachable,
    Cancelled,
    Failed,
}

/// <summary>One repository (or other part) that a sync had to leave behind, and why.</summary>
public sealed record SyncProblem(string Scope, string Cause, string Message);

/// <summary>One run of one connector, from the request to its outcome: the sync log.</summary>
public sealed class SyncRun : IOwned, IEntityTypeConfiguration<SyncRun>
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; init; }
    public Guid ConnectionId { get; init; }

    /// <summary>Which connector runs, such as <c>github_actions</c>.</summary>
    public required string Connector { get; init; }

    public SyncTrigger Trigger { get; init; }

    /// <summary>Whether everything is read again, cursors or not.</summary>
    public bool IsFull { get; init; }

    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>The last sign of life; a run that is silent for long was killed and is taken up again.</summary>
    public DateTimeOffset? HeartbeatAt { get; private set; }

    public DateTimeOffset? CancelRequestedAt { get; set; }

    /// <summary>A limit was met: nothing is asked of the provider before this instant.</summary>
    public DateTimeOffset? ParkedUntil { get; private set; }

    public SyncOutcome? Outcome { get; private set; }

    /// <summary>What went wrong and what to do; null unless something did.</summary>
    public string? Error { get; private set; }

    /// <summary>What is being read now, for people.</summary>
    public string? Phase { get; private set; }

    public long DoneItems { get; private set; }
    public long? TotalItems { get; private set; }

    /// <summary>How fast it reads lately; null unless it runs.</summary>
    public SyncPace? Pace { get; private set; }

    /// <summary>Rows that were new or different; 0 when the provider had nothing new.</summary>
    public long ChangedRows { get; private set; }

    public int Requests { get; private set; }
    public int Points { get; private set; }

    /// <summary>Facts read, by kind.</summary>
    public IReadOnlyDictionary<string, long> Items { get; private set; } = new Dictionary<string, long>(StringComparer.Ordinal);

    public IReadOnlyList<SyncProblem> Problems { get; private set; } = [];

    public bool IsOpen => FinishedAt is null;

    public SyncStatus Status => Outcome switch
    {
        SyncOutcome.Done => SyncStatus.Done,
        SyncOutcome.RateLimited => SyncStatus.RateLimited,
        SyncOutcome.Unauthorized => SyncStatus.Unauthorized,
        SyncOutcome.Unreachable => SyncStatus.Unreachable,
        SyncOutcome.Cancelled => SyncStatus.Cancelled,
        SyncOutcome.Failed => SyncStatus.Failed,
        _ => ParkedUntil is not null ? SyncStatus.Parked : StartedAt is null ? SyncStatus.Queued : SyncStatus.Running,
    };

    /// <summary>Items a second, lately; null while there is nothing sensible to tell.</summary>
    public double? ItemsPerSecond(DateTimeOffset now) => Status == SyncStatus.Running ? Pace?.PerSecond(now) : null;

    /// <summary>How long the rest takes at that rate; null while the total or the rate is unknown.</summary>
    public double? SecondsLeft(DateTimeOffset now) =>
        TotalItems > DoneItems && ItemsPerSecond(now) is > 0 and var rate ? (TotalItems.Value - DoneItems) / rate : null;

    public void Start(DateTimeOffset now)
    {
        StartedAt ??= now;
        HeartbeatAt = now;
        (ParkedUntil, Error, DoneItems, Pace) = (null, null, 0, SyncPace.From(now));
    }

    public void Advance(string phase, long done, long? total, long changed, DateTimeOffset now)
    {
        Pace = (Pace ?? SyncPace.From(now)).After(done - DoneItems, now);
        (Phase, DoneItems, TotalItems, HeartbeatAt) = (phase, done, total, now);
        ChangedRows += changed;
    }

    public void Count(string kind, long items) =>
        Items = new Dictionary<string, long>(Items, StringComparer.Ordinal) { [kind] = Items.GetValueOrDefault(kind) + items };

    public void Note(SyncProblem problem) => Problems = [.. Problems, problem];

    public void Spend(int requests, int points) => (Requests, Points) = (Requests + requests, Points + points);

    public void Park(DateTimeOffset until, string why) => (ParkedUntil, Error, Pace) = (until, why, null);

    public void Finish(SyncOutcome outcome, string? error, DateTimeOffset now)
    {
        (Outcome, Error, FinishedAt, HeartbeatAt, ParkedUntil) = (outcome, error, now, now, null);
        (Phase, Pace) = (null, null);
    }

    public void Configure(EntityTypeBuilder<SyncRun> builder)
    {
        builder.Property(r => r.Connector).HasMaxLength(40);
        builder.Property(r => r.Items).IsJson();
        builder.Property(r => r.Problems).IsJson();
        builder.Property(r => r.Pace!).IsJson().IsRequired(false);
        builder.HasIndex(r => new { r.OrganizationId, r.RequestedAt });
        builder.HasIndex(r => new { r.ConnectionId, r.Connector, r.RequestedAt });
        // A full run may wait beside an incremental one, which does not do its work.
        builder.HasIndex(r => new { r.ConnectionId, r.Connector, r.IsFull }).IsUnique().HasFilter("finished_at IS NULL");
        builder.HasOne<Connection>().WithMany().HasForeignKey(r => r.ConnectionId);
    }
}
