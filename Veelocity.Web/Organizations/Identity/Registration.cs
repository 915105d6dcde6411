using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>
/// Makes accounts. Registering an address that has one already changes nothing and answers the same, in the same time: the answer
/// must not tell who has an account here.
/// </summary>
internal sealed class Registration(UserManager<User> users, TimeProvider clock)
{
    public async Task<User> RegisterAsync(string fullName, string email, string password)
    {
        email = email.Trim();
        var user = new User { FullName = fullName.Trim(), UserName = email, Email = email, CreatedAt = clock.GetUtcNow() };
        try
        {
            var result = await users.CreateAsync(user, password);
            if (result.Errors.FirstOrDefault(error => !IsTaken(error)) is { } refused)
                throw new Refused(refused.Description, "registration_refused", StatusCodes.Status422UnprocessableEntity);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same address at the same moment: as taken as any other.
        }
        return user;
    }

    private static bool IsTaken(IdentityError error) =>
        error.Code is nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.DuplicateEmail);
}
