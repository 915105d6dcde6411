using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>What came of a webhook delivery.</summary>
public enum DeliveryOutcome
{
    /// <summary>What it named was read again, and something was new.</summary>
    Applied,

    /// <summary>What it named was read again, and all of it was known.</summary>
    Unchanged,

    /// <summary>It is about nothing that is read.</summary>
    Ignored,

    Failed,
}

/// <summary>One message of a provider: what it is about and how far its news have come into the tables. The message itself is not kept.</summary>
public sealed class WebhookDelivery : IOwned, IEntityTypeConfiguration<WebhookDelivery>
{
    /// <summary>After this many failures the next sync is left to bring what it said.</summary>
    private const int MostAttempts = 10;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; init; }
    public Guid ConnectionId { get; init; }

    /// <summary>The provider's id; the same when it is sent again.</summary>
    public required string DeliveryId { get; init; }

    public required string Event { get; init; }
    public string? Action { get; init; }
    public string? RepositoryExternalId { get; init; }
    public string? RepositoryName { get; init; }

    /// <summary>What to read again, such as <c>pull 12</c>.</summary>
    public string[] Targets { get; init; } = [];

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it is worked on (again), unless it is finished.</summary>
    public DateTimeOffset DueAt { get; set; }

    public int Attempts { get; private set; }

    /// <summary>A limit was met: nothing is asked of the provider before this instant.</summary>
    public DateTimeOffset? ParkedUntil { get; private set; }

    /// <summary>When its news were first in the tables.</summary>
    public DateTimeOffset? AppliedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }
    public DeliveryOutcome? Outcome { get; private set; }

    /// <summary>Rows that were new or different, of all deliveries read together with it.</summary>
    public int ChangedRows { get; private set; }

    /// <summary>Why it was ignored or failed, or why it waits.</summary>
    public string? Note { get; private set; }

    public void Apply(int changedRows, string? note, DateTimeOffset now)
    {
        AppliedAt ??= now;
        (ChangedRows, ParkedUntil, Note) = (ChangedRows + changedRows, null, note);
    }

    public void Finish(DateTimeOffset now) =>
        (Outcome, FinishedAt) = (ChangedRows > 0 ? DeliveryOutcome.Applied : DeliveryOutcome.Unchanged, now);

    public void Ignore(string why, DateTimeOffset now) => (Outcome, Note, FinishedAt) = (DeliveryOutcome.Ignored, why, now);

    public void Fail(string why, DateTimeOffset now) => (Outcome, Note, FinishedAt, ParkedUntil) = (DeliveryOutcome.Failed, why, now, null);

    public void Park(DateTimeOffset until, string why) => (DueAt, ParkedUntil, Note) = (until, until, why);

    /// <summary>Tries again later, each time a longer while; gives up in the end.</summary>
    public void Retry(string why, DateTimeOffset now)
    {
        Attempts++;
        if (Attempts >= MostAttempts)
        {
            Fail(why + " Given up; the next sync reads it.", now);
            return;
        }
        var pause = TimeSpan.FromSeconds(Math.Min(FirstPause.TotalSeconds * Math.Pow(3, Attempts - 1), LongestPause.TotalSeconds));
        (DueAt, ParkedUntil, Note) = (now + pause, null, why);
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.Property(d => d.DeliveryId).HasMaxLength(100);
        builder.Property(d => d.Event).HasMaxLength(100);
        builder.Property(d => d.Action).HasMaxLength(100);
        builder.Property(d => d.RepositoryExternalId).HasMaxLength(100);
        builder.Property(d => d.RepositoryName).HasMaxLength(300);
        builder.HasIndex(d => new { d.ConnectionId, d.DeliveryId }).IsUnique();
        builder.HasIndex(d => new { d.OrganizationId, d.ReceivedAt }).IsDescending(false, true);
        builder.HasIndex(d => d.DueAt).HasFilter("finished_at IS NULL");
        builder.HasIndex(d => d.ReceivedAt);
        builder.HasOne<Connection>().WithMany().HasForeignKey(d => d.ConnectionId);
    }
}
