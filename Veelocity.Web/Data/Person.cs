using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>Someone who works in an organization, whatever accounts they use.</summary>
public sealed class Person : IOwned, IEntityTypeConfiguration<Person>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public required string Name { get; set; }

    public void Configure(EntityTypeBuilder<Person> builder) =>
        builder.HasOne<Organization>().WithMany().HasForeignKey(p => p.OrganizationId);
}
