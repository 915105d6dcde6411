using Microsoft.AspNetCore.Identity;

namespace Veelocity.Web.Data;

/// <summary>A person who can sign in; may belong to several organizations.</summary>
public sealed class User : IdentityUser<Guid>
{
    public User() => Id = Guid.CreateVersion7();

    [PersonalData]
    public required string FullName { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
