using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Settings;

/// <summary>How a sync is spoken of.</summary>
internal static class SyncWords
{
    public static (string Name, string Tone) State(SyncRun run) => run switch
    {
        { Outcome: SyncOutcome.Done, Problems.Count: > 0 } => ("Done in part", "pill-caution"),
        { Outcome: SyncOutcome.Done } => ("Done", "pill-good"),
        { Outcome: SyncOutcome.Cancelled } => ("Cancelled", ""),
        { Outcome: SyncOutcome.RateLimited } => ("Rate limit met", "pill-caution"),
        { Outcome: SyncOutcome.Unauthorized } => ("Token refused", "pill-bad"),
        { Outcome: SyncOutcome.Unreachable } => ("Not reachable", "pill-bad"),
        { Outcome: SyncOutcome.Failed } => ("Failed", "pill-bad"),
        { CancelRequestedAt: not null } => ("Stopping", "pill-caution"),
        { ParkedUntil: not null } => ("Waiting for the rate limit", "pill-caution"),
        { StartedAt: null } => ("Waiting to start", ""),
        _ => ("Running", ""),
    };

    public static string Trigger(SyncTrigger trigger) => trigger switch
    {
        SyncTrigger.FirstConnect => "connected",
        SyncTrigger.Schedule => "schedule",
        SyncTrigger.Manual => "by hand",
        SyncTrigger.Command => "command line",
        _ => trigger.ToString(),
    };
}
