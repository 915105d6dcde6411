using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api;

/// <summary>Groups of endpoints that are about one organization.</summary>
internal static class OrganizationGroup
{
    /// <summary>
    /// A group for the organization that the header X-Organization names. Its endpoints may ask for <see cref="CurrentOrganization"/>;
    /// they require <see cref="Permission.SeeMetrics"/>, and more with <c>.Requires(Permission.…)</c>.
    /// </summary>
    public static RouteGroupBuilder MapOrganizationGroup(this RouteGroupBuilder v1, string prefix) =>
        v1.MapGroup(prefix).About(OrganizationSource.Header);

    /// <summary>Says where the group's requests name their organization, and lets only its members in.</summary>
    public static RouteGroupBuilder About(this RouteGroupBuilder group, OrganizationSource source) =>
        group.WithMetadata(new OrganizationMetadata(source)).Requires(Permission.SeeMetrics);
}
