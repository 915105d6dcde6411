using System.Security.Claims;

namespace Veelocity.Web.Organizations;

/// <summary>Reads who is calling, whether by cookie or by token.</summary>
public static class Caller
{
    internal const string IdClaim = ClaimTypes.NameIdentifier;
    internal const string FullNameClaim = "full_name";

    /// <summary>The user's id; null when nobody has signed in.</summary>
    public static Guid? CallerId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(IdClaim), out var id) ? id : null;

    /// <summary>The user's id where signing in is required; a bug when nobody has.</summary>
    public static Guid RequiredCallerId(this ClaimsPrincipal principal) =>
        principal.CallerId() ?? throw new InvalidOperationException("Nobody has signed in.");

    /// <summary>The user's full name, from the cookie; null when nobody has signed in with one.</summary>
    public static string? CallerName(this ClaimsPrincipal principal) => principal.FindFirstValue(FullNameClaim);
}
