using Veelocity.Web.Metrics.Flow;

namespace Veelocity.Web.Pages.Shared;

/// <summary>The stages of a change (M20) as pages call and colour them.</summary>
internal static class StageWords
{
    public static string What(ChangeStage stage) => stage switch
    {
        ChangeStage.Coding => "first commit to ready for review",
        ChangeStage.Pickup => "ready to first review",
        ChangeStage.Review => "first review to last approval",
        ChangeStage.Merge => "last approval to merged",
        _ => "merged to in production",
    };

    /// <summary>What a change that is in this stage waits for.</summary>
    public static string Waits(ChangeStage stage) => stage switch
    {
        ChangeStage.Coding => "A draft, not ready for review",
        ChangeStage.Pickup => "Waiting for a first review",
        ChangeStage.Review => "In review, not approved",
        ChangeStage.Merge => "Approved, not merged",
        _ => "Merged, not in production",
    };

    public static string Colour(ChangeStage stage) => stage switch
    {
        ChangeStage.Coding => "navy",
        ChangeStage.Pickup => "amber",
        ChangeStage.Review => "violet",
        ChangeStage.Merge => "grey",
        _ => "teal",
    };

    public static string Lower(ChangeStage stage) => stage.ToString().ToLowerInvariant();
}
