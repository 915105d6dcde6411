using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>The address under which an organization shows its DORA metrics as pictures to whoever knows it. While there is none, badges are off.</summary>
public sealed class BadgeAddress : IOwned, IEntityTypeConfiguration<BadgeAddress>
{
    public Guid OrganizationId { get; init; }

    /// <summary>SHA-256 of the token in the address, which is stored nowhere.</summary>
    [Secret]
    public byte[] Hash { get; private set; } = [];

    /// <summary>The token's last characters, by which an Admin knows the address again.</summary>
    public string Ending { get; private set; } = "";

    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>The address before is dead from now on.</summary>
    public void Take(byte[] hash, string ending, DateTimeOffset now) => (Hash, Ending, MadeAt) = (hash, ending, now);

    public void Configure(EntityTypeBuilder<BadgeAddress> builder)
    {
        builder.HasKey(b => b.OrganizationId);
        builder.Property(b => b.Ending).HasMaxLength(8);
        builder.HasIndex(b => b.Hash).IsUnique();
        builder.HasOne<Organization>().WithOne().HasForeignKey<BadgeAddress>(b => b.OrganizationId);
    }
}
