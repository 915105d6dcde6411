using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Veelocity.Web.Organizations;

/// <summary>Every page whose address begins with <c>/o/{slug}</c> belongs to that organization and asks for its membership.</summary>
internal sealed class OrganizationPages : IPageRouteModelConvention
{
    private const string Prefix = "o/{slug}";

    public void Apply(PageRouteModel model)
    {
        foreach (var selector in model.Selectors)
        {
            if (selector.AttributeRouteModel?.Template?.TrimStart('/').StartsWith(Prefix, StringComparison.Ordinal) != true)
                continue;
            selector.EndpointMetadata.Add(new OrganizationMetadata(OrganizationSource.Address));
            selector.EndpointMetadata.Add(new RequiresAttribute(Permission.SeeMetrics));
        }
    }
}
