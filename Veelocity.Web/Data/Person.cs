using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>Someone who works in an organization, whatever accounts they use.</summary>
public sealed class Person : IOwned, IEntityTypeConfiguration<Person>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }

    /// <summary>What the person is called; of several with the same name, with a login behind it.</summary>
    public required string Name { get; set; }

    public static string NameWithLogin(string name, string login) => name == login ? name : $"{name} ({login})";

    /// <summary>The name without the login that tells it apart.</summary>
    public static string WithoutLogin(string name) =>
        name.EndsWith(')') && name.LastIndexOf(" (", StringComparison.Ordinal) is > 0 and var end ? name[..end] : name;

    public void Configure(EntityTypeBuilder<Person> builder) =>
        builder.HasOne<Organization>().WithMany().HasForeignKey(p => p.OrganizationId);
}
