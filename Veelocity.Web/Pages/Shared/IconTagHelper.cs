using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Veelocity.Web.Pages.Shared;

/// <summary>Draws an icon of the sprite: <c>&lt;icon name="rocket" /&gt;</c>. Icons stand beside words and are hidden from screen readers.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    private const string Sprite = "lib/icons.svg";
    private static readonly ConcurrentDictionary<ResourceAssetCollection, string> Addresses = [];

    public required string Name { get; set; }

    public bool Small { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Small ? "icon icon-small" : "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent($"<use href=\"{ViewContext.HttpContext.Request.PathBase}/{SpriteAddress()}#{Name}\"></use>");
    }

    // The fingerprinted address may be cached for ever; the plain one is asked about on every page.
    private string SpriteAddress()
    {
        var assets = ViewContext.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>();
        return assets is null ? Sprite : Addresses.GetOrAdd(assets, all => all[Sprite]);
    }
}
