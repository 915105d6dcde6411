using Microsoft.AspNetCore.Identity;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>Refuses long passwords that are short all the same: one character repeated, or the owner's address or name.</summary>
internal sealed class GuessablePassword : IPasswordValidator<User>
{
    /// <summary>Shorter names are part of many a word.</summary>
    private const int ShortestName = 5;

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) => Task.FromResult(Validate(user, password ?? ""));

    private static IdentityResult Validate(User user, string password)
    {
        if (password.Distinct().Count() == 1)
            return Refuse("PasswordRepeats", "This is one character again and again, which is tried first. A few words are easy to remember.");
        var email = user.Email ?? "";
        string[] own = [email, email.Split('@')[0], user.FullName, user.FullName.Replace(" ", "", StringComparison.Ordinal)];
        return own.Any(part => part.Trim().Length >= ShortestName && password.Contains(part.Trim(), StringComparison.OrdinalIgnoreCase))
            ? Refuse("PasswordTellsOwner", "This has your address or your name in it, which is tried first. Choose other words.")
            : IdentityResult.Success;
    }

    private static IdentityResult Refuse(string code, string description) => IdentityResult.Failed(new IdentityError { Code = code, Description = description });
}
