using Microsoft.AspNetCore.Razor.TagHelpers;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Shared;

/// <summary>Writes an instant by the reader's clock, before it is known by the organization's, on pages of none in UTC: <c>&lt;when at="…" /&gt;</c>, or its age with <c>age</c>; ISO on hover.</summary>
[HtmlTargetElement("when", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper(CurrentOrganization organization, TimeProvider clock) : TagHelper
{
    public DateTimeOffset? At { get; set; }

    public bool Age { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        if (At is not { } at)
        {
            output.TagName = "span";
            output.Content.SetContent("—");
            return;
        }
        var home = TimeZoneInfo.FindSystemTimeZoneById(organization.IsBound ? organization.TimeZone : TimeZones.Default);
        var zone = Reader.Zone ?? home;
        var dates = new Dates(zone);
        // Days and periods are the organization's, so its clock is told where the reader's shows another time.
        var there = organization.IsBound && zone.GetUtcOffset(at) != home.GetUtcOffset(at) ? $" · {new Dates(home).Short(at)} in {organization.TimeZone.Replace('_', ' ')}" : "";
        output.TagName = "time";
        output.Attributes.SetAttribute("class", "nowrap");
        output.Attributes.SetAttribute("datetime", dates.Iso(at));
        output.Attributes.SetAttribute("title", (Age ? $"{dates.Short(at)} · {dates.Iso(at)}" : dates.Iso(at)) + there);
        output.Content.SetContent(Age ? Dates.Age(at, clock.GetUtcNow()) : dates.Short(at));
    }
}

/// <summary>Writes a length of time, exact on hover: <c>&lt;span duration="seconds"&gt;</c>; a dash when there is none.</summary>
[HtmlTargetElement("*", Attributes = "duration")]
public sealed class DurationTagHelper : TagHelper
{
    public double? Duration { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Duration is { } seconds) output.Attributes.SetAttribute("title", Durations.Exact(seconds));
        output.Content.SetContent(Duration is { } value ? Durations.Short(value) : "—");
    }
}
