using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Builds;

namespace Veelocity.Web.Pages.Builds;

/// <summary>Platforms, outcomes and causes as people read them.</summary>
internal static class BuildWords
{
    public static string Of(BuildPlatform platform) => platform == BuildPlatform.Ios ? "iOS" : "Android";

    public static string Of(BuildPlatform? platform) => platform is { } one ? Of(one) : "All";

    public static string Of(MobilePlatforms platforms) => platforms switch
    {
        MobilePlatforms.Ios => "iOS",
        MobilePlatforms.Android => "Android",
        MobilePlatforms.Both => "iOS and Android",
        _ => "No mobile build",
    };

    public static (string Name, string Tone, string Icon) Of(BuildOutcome outcome) => outcome switch
    {
        BuildOutcome.Succeeded => ("Succeeded", "pill-good", "check"),
        BuildOutcome.Failed => ("Failed", "pill-bad", "x"),
        BuildOutcome.Cancelled => ("Cancelled", "", "player-stop"),
        BuildOutcome.Running => ("Running", "pill-caution", "clock"),
        _ => ("Skipped", "", "minus"),
    };

    /// <summary>What failed, and where within it.</summary>
    public static (string Name, string? Where) Of(BuildFailures.Cause cause) => cause.Failure switch
    {
        BuildFailure.Startup => ("Startup failure", "before any job began"),
        BuildFailure.TimedOut => ("Timed out", cause.Job),
        _ => (cause.Step ?? "Unknown step", cause.Job),
    };
}
