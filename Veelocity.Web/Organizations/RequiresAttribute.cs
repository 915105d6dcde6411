using Microsoft.AspNetCore.Authorization;

namespace Veelocity.Web.Organizations;

/// <summary>
/// Lets only members pass whose role carries the permission. On a page, on one of its handlers, or on an API endpoint
/// (<c>.Requires(…)</c>); pages under <c>/o/{slug}</c> and organization groups of the API require <see cref="Permission.SeeMetrics"/> anyway.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(Permission permission) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>The one place that says yes or no to a permission.</summary>
internal sealed class RequiresHandler(CurrentOrganization organization) : AuthorizationHandler<RequiresAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiresAttribute requirement)
    {
        if (organization.IsBound && organization.May(requirement.Permission))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>The same for minimal APIs.</summary>
public static class RequiresConvention
{
    public static TBuilder Requires<TBuilder>(this TBuilder builder, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RequiresAttribute(permission));
}
