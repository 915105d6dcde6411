using System.Text.Json;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Shared;

/// <summary>The address of the explanation of a value (M35): a page of its own, which opens beside the value where scripts run.</summary>
internal static class Why
{
    public static string Address(PageFilter chosen, ExplainedMetric metric, Figure figure = Figure.Headline, params IReadOnlyList<(string, string?)> also) =>
        chosen.Address($"/why/{KeyOf(metric)}", [("value", figure == Figure.Headline ? null : KeyOf(figure)), .. also]);

    /// <summary>Of one bucket of a chart.</summary>
    public static string OfBucket(
        PageFilter chosen, ExplainedMetric metric, Grouping grouping, DateOnly start, Figure figure = Figure.Headline, string? show = null,
        params IReadOnlyList<(string, string?)> also) =>
        Address(chosen, metric, figure, [("bucket", Dates.IsoDay(start)), ("by", grouping.Unit), ("show", show), .. also]);

    public static string OfSeverity(PageFilter chosen, IncidentSeverity severity, Figure figure) =>
        Address(chosen, ExplainedMetric.Recovery, figure, ("severity", KeyOf(severity)));

    public static string KeyOf<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static TEnum? Parse<TEnum>(string? key) where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().Where(value => KeyOf(value) == key).Select(value => (TEnum?)value).FirstOrDefault();
}

/// <summary>A link to an explanation: <c>&lt;a why="address"&gt;</c>. Where scripts run it opens in the panel beside the page.</summary>
[HtmlTargetElement("a", Attributes = "why")]
public sealed class WhyTagHelper : TagHelper
{
    /// <summary>Nothing leaves the text without a link; Razor writes null as an empty text.</summary>
    public string? Why { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (string.IsNullOrEmpty(Why))
        {
            output.TagName = null;
            return;
        }
        output.Attributes.SetAttribute("href", Why);
        output.Attributes.SetAttribute("data-why", "");
        output.Attributes.SetAttribute("hx-target", "#why-place");
        output.Attributes.SetAttribute("hx-select", "#why");
        output.Attributes.SetAttribute("hx-swap", "innerHTML show:none");
        output.Attributes.SetAttribute("hx-push-url", "false");
    }
}
