using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>Writes into the sign-in cookie what every page shows of its reader.</summary>
internal sealed class CallerClaims(UserManager<User> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<User>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(Caller.FullNameClaim, user.FullName));
        return identity;
    }
}
