using System.Security.Claims;

namespace Veelocity.Web.Organizations;

/// <summary>Reads who is calling, whether by cookie or by token.</summary>
public static class Caller
{
    internal const string IdClaim = ClaimTypes.NameIdentifier;
    internal const string FullNameClaim = "full_name";
    internal const string SessionClaim = "session";
    internal const string OrganizationClaim = "organization";

    /// <summary>The user's id; null when nobody has signed in.</summary>
    public static Guid? CallerId(this ClaimsPrincipal principal) => IdIn(principal, IdClaim);

    /// <summary>The user's id where signing in is required; a bug when nobody has.</summary>
    public static Guid RequiredCallerId(this ClaimsPrincipal principal) =>
        principal.CallerId() ?? throw new InvalidOperationException("Nobody has signed in.");

    /// <summary>The user's full name, and the personal API token where one is used; null when nobody has signed in.</summary>
    public static string? CallerName(this ClaimsPrincipal principal) => principal.FindFirstValue(FullNameClaim);

    /// <summary>The sign-in that the cookie belongs to; null for callers of the API.</summary>
    public static Guid? SessionId(this ClaimsPrincipal principal) => IdIn(principal, SessionClaim);

    /// <summary>The only organization that the caller's personal API token opens; null for everyone who does not use one.</summary>
    public static Guid? OnlyOrganization(this ClaimsPrincipal principal) => IdIn(principal, OrganizationClaim);

    private static Guid? IdIn(ClaimsPrincipal principal, string claim) =>
        Guid.TryParse(principal.FindFirstValue(claim), out var id) ? id : null;
}
