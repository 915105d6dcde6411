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

    /// <summary>Rows that were new or different; 0 when the provider had nothing new.</summary>
    public long ChangedRows { get; private set; }

    public int Requests { get; private set; }
    public int Points { get; private set; }

    /// <summary>Facts read, by kind.</summary>
    public IReadOnlyDictionary<string, long> Items { get; private set; } = new Dictionary<string, long>(StringComparer.Ordinal);

    public IReadOnlyList<SyncProblem> Problems { get; private set; } = [];

    public bool IsOpen => FinishedAt is null;

    public void Start(DateTimeOffset now)
    {
        StartedAt ??= now;
        HeartbeatAt = now;
        ParkedUntil = null;
    }

    public void Advance(string phase, long done, long? total, long changed, DateTimeOffset now)
    {
        (Phase, DoneItems, TotalItems, HeartbeatAt) = (phase, done, total, now);
        ChangedRows += changed;
    }

    public void Count(string kind, long items) =>
        Items = new Dictionary<string, long>(Items, StringComparer.Ordinal) { [kind] = Items.GetValueOrDefault(kind) + items };

    public void Note(SyncProblem problem) => Problems = [.. Problems, problem];

    public void Spend(int requests, int points) => (Requests, Points) = (Requests + requests, Points + points);

    public void Park(DateTimeOffset until, string why) => (ParkedUntil, Error) = (until, why);

    public void Finish(SyncOutcome outcome, string? error, DateTimeOffset now)
    {
        (Outcome, Error, FinishedAt, HeartbeatAt, ParkedUntil) = (outcome, error, now, now, null);
        Phase = null;
    }

    public void Configure(EntityTypeBuilder<SyncRun> builder)
    {
        builder.Property(r => r.Connector).HasMaxLength(40);
        builder.Property(r => r.Items).IsJson();
        builder.Property(r => r.Problems).IsJson();
        builder.HasIndex(r => new { r.OrganizationId, r.RequestedAt });
        builder.HasIndex(r => new { r.ConnectionId, r.Connector }).IsUnique().HasFilter("finished_at IS NULL");
        builder.HasOne<Connection>().WithMany().HasForeignKey(r => r.ConnectionId);
    }
}
