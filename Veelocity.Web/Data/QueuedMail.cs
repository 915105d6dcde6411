using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>
/// A mail to send, stored with what it tells of. What it says is kept encrypted, because links in it are secrets, and only until it is sent.
/// </summary>
public sealed class QueuedMail : IEntityTypeConfiguration<QueuedMail>
{
    private const int MostAttempts = 12, LongestProblem = 500;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Null for mails about an account.</summary>
    public Guid? OrganizationId { get; init; }

    public required string Recipient { get; init; }
    public required string Subject { get; init; }

    /// <summary>Null once it is sent or given up.</summary>
    [Secret]
    public string? ProtectedBody { get; set; }

    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it is tried (again), unless it is sent or given up.</summary>
    public DateTimeOffset DueAt { get; set; }

    public int Attempts { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
    public DateTimeOffset? GivenUpAt { get; private set; }

    /// <summary>Why the last try failed.</summary>
    public string? Problem { get; private set; }

    public bool IsOpen => SentAt is null && GivenUpAt is null;

    public void Sent(DateTimeOffset now) => (SentAt, ProtectedBody, Problem) = (now, null, null);

    /// <summary>Tries again later, each time a longer while; gives up in the end.</summary>
    public void Fail(string why, DateTimeOffset now)
    {
        Attempts++;
        Problem = Cut(why);
        if (Attempts >= MostAttempts) GiveUp(why, now);
        else DueAt = now + TimeSpan.FromSeconds(Math.Min(FirstPause.TotalSeconds * Math.Pow(3, Attempts - 1), LongestPause.TotalSeconds));
    }

    public void GiveUp(string why, DateTimeOffset now)
    {
        if (IsOpen) (GivenUpAt, ProtectedBody, Problem) = (now, null, Cut(why));
    }

    public void Configure(EntityTypeBuilder<QueuedMail> builder)
    {
        builder.ToTable("mails");
        builder.Property(m => m.Recipient).HasMaxLength(256);
        builder.Property(m => m.Subject).HasMaxLength(300);
        builder.Property(m => m.Problem).HasMaxLength(LongestProblem);
        builder.Ignore(m => m.IsOpen);
        builder.HasIndex(m => m.DueAt).HasFilter("sent_at IS NULL AND given_up_at IS NULL");
        builder.HasIndex(m => new { m.OrganizationId, m.QueuedAt });
        builder.HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId).OnDelete(DeleteBehavior.Cascade);
    }

    private static string Cut(string text) => text.Length <= LongestProblem ? text : string.Concat(text.AsSpan(0, LongestProblem - 1), "…");
}
