using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Veelocity.Web.Platform.Forms;

/// <summary>Marks a field whose input was wrong, for eyes and for screen readers, and ties it to its error.</summary>
[HtmlTargetElement("input", Attributes = "asp-for")]
[HtmlTargetElement("select", Attributes = "asp-for")]
[HtmlTargetElement("textarea", Attributes = "asp-for")]
public sealed class InvalidFieldTagHelper : TagHelper
{
    [HtmlAttributeName("asp-for")]
    public required ModelExpression For { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    // After the framework's own helpers, which write id and name.
    public override int Order => 1000;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (ViewContext.ViewData.ModelState.GetFieldValidationState(For.Name) != ModelValidationState.Invalid)
            return;
        output.AddClass("is-invalid", HtmlEncoder.Default);
        output.Attributes.SetAttribute("aria-invalid", "true");
        var hint = output.Attributes["aria-describedby"]?.Value;
        var error = FieldErrorTagHelper.IdOf(For);
        output.Attributes.SetAttribute("aria-describedby", hint is null ? error : $"{error} {hint}");
    }
}

/// <summary>Gives a field's error message the kit's look and the id that its field names.</summary>
[HtmlTargetElement("div", Attributes = "asp-error-for")]
public sealed class FieldErrorTagHelper : TagHelper
{
    [HtmlAttributeName("asp-error-for")]
    public required ModelExpression For { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = ViewContext.ViewData.ModelState[For.Name]?.Errors;
        if (errors is not { Count: > 0 })
        {
            output.SuppressOutput();
            return;
        }
        output.Attributes.SetAttribute("id", IdOf(For));
        output.Attributes.SetAttribute("class", "invalid-feedback d-block");
        output.Content.SetContent(string.Join(' ', errors.Select(error => error.ErrorMessage)));
    }

    internal static string IdOf(ModelExpression field) => TagBuilder.CreateSanitizedId(field.Name, "_") + "-error";
}
