using Microsoft.AspNetCore.Razor.TagHelpers;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Shared;

/// <summary>Writes a person's name, as a link to their page where the reader may see their numbers: <c>&lt;person id="…" name="…" /&gt;</c>.</summary>
[HtmlTargetElement("person", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PersonTagHelper(CurrentOrganization organization, PeopleSight sight) : TagHelper
{
    public Guid? Id { get; set; }

    /// <summary>Null for an account that was deleted.</summary>
    public string? Name { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        output.TagName = sight.Sees(Id) ? "a" : "span";
        if (sight.Sees(Id)) output.Attributes.SetAttribute("href", $"/o/{organization.Slug}/developers/{Id}");
        output.Content.SetContent(Name ?? "—");
    }
}
