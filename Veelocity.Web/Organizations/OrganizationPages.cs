using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Veelocity.Web.Organizations;

/// <summary>Every page whose address begins with <c>/o/{slug}</c> belongs to that organization and asks for its membership.</summary>
internal sealed class OrganizationPages : IPageApplicationModelConvention
{
    private const string Prefix = "o/{slug}";

    public void Apply(PageApplicationModel model)
    {
        if (model.RouteTemplate?.TrimStart('/').StartsWith(Prefix, StringComparison.Ordinal) != true)
            return;
        model.EndpointMetadata.Add(new OrganizationMetadata(OrganizationSource.Address));
        model.EndpointMetadata.Add(new RequiresAttribute(Permission.SeeMetrics));
    }
}
