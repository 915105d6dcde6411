using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>What stands behind an account (M29).</summary>
public enum AccountKind
{
    Human,
    Bot,
    Mannequin,
}

/// <summary>One login at one provider. Bots are known by their type, whichever spelling of the login an API uses.</summary>
public sealed class Account : IOwned, IEntityTypeConfiguration<Account>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public required string Provider { get; init; }
    public required string ExternalId { get; init; }

    /// <summary>Without the <c>[bot]</c> that some APIs append.</summary>
    public required string Login { get; init; }

    [KeptWhenUnknown]
    public string? Name { get; init; }

    [KeptWhenUnknown]
    public string? Email { get; init; }

    public AccountKind Kind { get; init; }

    [Linked]
    public Guid? PersonId { get; set; }

    public static Guid IdOf(Guid organizationId, string provider, string externalId) =>
        StableId.From(organizationId, provider + " account", externalId);

    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.HasIndex(a => new { a.OrganizationId, a.Provider, a.Login });
        builder.HasOne<Organization>().WithMany().HasForeignKey(a => a.OrganizationId);
        builder.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId);
    }
}
