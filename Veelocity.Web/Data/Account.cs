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

    /// <summary>Whose account at GitHub this is, as its owner connected them at this provider: GitHub's number.</summary>
    [KeptWhenUnknown]
    public string? GitHubUserId { get; init; }

    public AccountKind Kind { get; init; }

    [Linked]
    public Guid? PersonId { get; set; }

    /// <summary>When a person decided whose account this is; from then on matching leaves it alone.</summary>
    [Linked]
    public DateTimeOffset? PersonDecidedAt { get; set; }

    [Linked]
    public Guid? PersonDecidedByUserId { get; set; }

    /// <summary>A machine, by its kind, by the organization's pattern, or because someone said so (M29).</summary>
    [Linked]
    public bool IsBot { get; set; }

    /// <summary>What someone said it is; null leaves that to its kind and the pattern.</summary>
    [Linked]
    public AccountKind? MarkedAs { get; set; }

    [Linked]
    public DateTimeOffset? MarkedAt { get; set; }

    [Linked]
    public Guid? MarkedByUserId { get; set; }

    public static Guid IdOf(Guid organizationId, string provider, string externalId) =>
        StableId.From(organizationId, provider + " account", externalId);

    public void DecidePerson(Guid personId, Guid userId, DateTimeOffset now) =>
        (PersonId, PersonDecidedByUserId, PersonDecidedAt) = (personId, userId, now);

    public void Mark(AccountKind? kind, Guid userId, DateTimeOffset now) => (MarkedAs, MarkedByUserId, MarkedAt) = (kind, userId, now);

    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.Property(a => a.IsBot).HasDefaultValue(false);
        builder.HasIndex(a => new { a.OrganizationId, a.Provider, a.Login });
        builder.HasIndex(a => a.PersonId);
        builder.HasOne<Organization>().WithMany().HasForeignKey(a => a.OrganizationId);
        builder.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId);
    }
}
