using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A secret of the installation itself, made once by whichever instance needs it first, and shared by all.</summary>
public sealed class InstallationSecret : IEntityTypeConfiguration<InstallationSecret>
{
    /// <summary>What it is for, such as <c>access_tokens</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Encrypted by Data Protection.</summary>
    public required string ProtectedValue { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public void Configure(EntityTypeBuilder<InstallationSecret> builder)
    {
        builder.HasKey(s => s.Name);
        builder.Property(s => s.Name).HasMaxLength(50);
    }
}
