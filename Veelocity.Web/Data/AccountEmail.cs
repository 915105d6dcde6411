using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>An address under which an account has committed or that its profile shows, in lower case; what people are matched by.</summary>
public sealed class AccountEmail : IOwned, IEntityTypeConfiguration<AccountEmail>
{
    public Guid AccountId { get; init; }
    public required string Email { get; init; }
    public Guid OrganizationId { get; init; }

    public void Configure(EntityTypeBuilder<AccountEmail> builder)
    {
        builder.HasKey(e => new { e.AccountId, e.Email });
        builder.HasIndex(e => new { e.OrganizationId, e.Email });
        builder.HasOne<Account>().WithMany().HasForeignKey(e => e.AccountId);
    }
}
