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

    public static string Of(SyncStatus status) => status switch
    {
        SyncStatus.Queued => "Waiting to start",
        SyncStatus.Parked => "Waiting for the rate limit",
        SyncStatus.RateLimited => "Rate limit met",
        SyncStatus.Unauthorized => "Token refused",
        SyncStatus.Unreachable => "Not reachable",
        _ => status.ToString(),
    };

    /// <summary>A cause such as <c>missing_permission</c>, for people.</summary>
    public static string Cause(string cause) => cause switch
    {
        "sso_required" => "Single sign-on required",
        "not_found" => "Gone, or not visible to the token",
        "feature_disabled" => "Switched off",
        "malformed" => "Not understood",
        _ => Kind(cause),
    };

    /// <summary><c>pull_requests</c> as "Pull requests".</summary>
    public static string Kind(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');

    public static string Trigger(SyncTrigger trigger) => trigger switch
    {
        SyncTrigger.FirstConnect => "connected",
        SyncTrigger.Schedule => "schedule",
        SyncTrigger.Manual => "by hand",
        SyncTrigger.Command => "command line",
        _ => trigger.ToString(),
    };
}
