using System.ComponentModel.DataAnnotations;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The patterns by which mobile builds are found, as they are typed; empty for none.</summary>
internal sealed class BuildForm
{
    [NamePattern]
    public string? IosNames { get; set; }

    [NamePattern]
    public string? AndroidNames { get; set; }

    [NamePattern]
    public string? BothNames { get; set; }

    [NamePattern]
    public string? IosContents { get; set; }

    [NamePattern]
    public string? AndroidContents { get; set; }

    [NamePattern]
    public string? BothContents { get; set; }

    [NamePattern]
    public string? NotNames { get; set; }

    [NamePattern]
    public string? IosJobs { get; set; }

    [NamePattern]
    public string? AndroidJobs { get; set; }

    public BuildRuleSet Set => new()
    {
        IosNames = IosNames ?? "",
        AndroidNames = AndroidNames ?? "",
        BothNames = BothNames ?? "",
        IosContents = IosContents ?? "",
        AndroidContents = AndroidContents ?? "",
        BothContents = BothContents ?? "",
        NotNames = NotNames ?? "",
        IosJobs = IosJobs ?? "",
        AndroidJobs = AndroidJobs ?? "",
    };

    public static BuildForm Of(BuildRuleSet set) => new()
    {
        IosNames = set.IosNames,
        AndroidNames = set.AndroidNames,
        BothNames = set.BothNames,
        IosContents = set.IosContents,
        AndroidContents = set.AndroidContents,
        BothContents = set.BothContents,
        NotNames = set.NotNames,
        IosJobs = set.IosJobs,
        AndroidJobs = set.AndroidJobs,
    };
}
