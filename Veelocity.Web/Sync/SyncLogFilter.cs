using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Which sync logs are asked for; what is null does not matter.</summary>
/// <param name="Since">Requested at this instant or later.</param>
/// <param name="Until">Requested before this instant.</param>
public sealed record SyncLogFilter(
    string? Connector = null, SyncStatus? Status = null, SyncTrigger? Trigger = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null)
{
    public static readonly IReadOnlyList<SyncStatus> Statuses = Enum.GetValues<SyncStatus>();

    /// <summary>The logs that fit, newest first.</summary>
    public IQueryable<SyncRun> Of(IQueryable<SyncRun> runs)
    {
        if (Connector is not null) runs = runs.Where(r => r.Connector == Connector);
        if (Trigger is not null) runs = runs.Where(r => r.Trigger == Trigger);
        if (Since is { } since) runs = runs.Where(r => r.RequestedAt >= since);
        if (Until is { } until) runs = runs.Where(r => r.RequestedAt < until);
        return Standing(runs).OrderByDescending(r => r.RequestedAt).ThenBy(r => r.Id);
    }

    private IQueryable<SyncRun> Standing(IQueryable<SyncRun> runs) => Status switch
    {
        null => runs,
        SyncStatus.Queued => runs.Where(r => r.FinishedAt == null && r.ParkedUntil == null && r.StartedAt == null),
        SyncStatus.Running => runs.Where(r => r.FinishedAt == null && r.ParkedUntil == null && r.StartedAt != null),
        SyncStatus.Parked => runs.Where(r => r.FinishedAt == null && r.ParkedUntil != null),
        { } ended => OfOutcome(runs, Enum.Parse<SyncOutcome>(ended.ToString())),
    };

    private static IQueryable<SyncRun> OfOutcome(IQueryable<SyncRun> runs, SyncOutcome outcome) => runs.Where(r => r.Outcome == outcome);
}
