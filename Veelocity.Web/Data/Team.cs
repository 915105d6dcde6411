using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>
/// People who deliver together, and what they own. Its members are the measure of who wrote and reviewed, its repositories and services of
/// what was deployed and what failed.
/// </summary>
public sealed class Team : IOwned, IEntityTypeConfiguration<Team>
{
    public const int LongestName = 100;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; init; }
    public required string Name { get; set; }

    /// <summary>The issue tracker's team whose members it follows; null for one made by hand.</summary>
    public Guid? IssueTeamId { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it by hand; null when it came from the issue tracker.</summary>
    public Guid? CreatedByUserId { get; init; }

    /// <summary>When someone gave it a name of their own; from then on the tracker's name does not change it.</summary>
    public DateTimeOffset? RenamedAt { get; private set; }

    /// <summary>When it was put away, here or in the tracker: it is offered nowhere, and what it was stays in addresses.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>Who put it away; null when the tracker did, which can take it up again.</summary>
    public Guid? ArchivedByUserId { get; private set; }

    /// <summary>When someone decided what it owns; until then it owns what its people clearly work on.</summary>
    public DateTimeOffset? OwnershipDecidedAt { get; private set; }

    public void DecideOwnership(DateTimeOffset now) => OwnershipDecidedAt = now;

    public void Rename(string name, DateTimeOffset now) => (Name, RenamedAt) = (name, now);

    public void Archive(Guid userId, DateTimeOffset now) => (ArchivedAt, ArchivedByUserId) = (now, userId);

    public void Restore() => (ArchivedAt, ArchivedByUserId) = (null, null);

    /// <summary>Is as the tracker has it, but for what someone decided here.</summary>
    public void Follow(string name, DateTimeOffset? archivedAt)
    {
        if (RenamedAt is null) Name = name.Length > LongestName ? name[..LongestName] : name;
        if (ArchivedByUserId is null) ArchivedAt = archivedAt;
    }

    public static Guid IdOf(Guid issueTeamId) => StableId.From(issueTeamId, "team", "");

    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.Property(t => t.Name).HasMaxLength(LongestName);
        builder.HasIndex(t => new { t.OrganizationId, t.Name });
        builder.HasIndex(t => t.IssueTeamId).IsUnique().HasFilter("issue_team_id IS NOT NULL");
        builder.HasOne<Organization>().WithMany().HasForeignKey(t => t.OrganizationId);
    }
}
