using System.ComponentModel.DataAnnotations;

namespace Veelocity.Web.Sync;

/// <summary>When and how much is synced (section <c>Sync</c>).</summary>
public sealed class SyncOptions
{
    /// <summary>Minutes between incremental syncs; 0 turns the schedule off.</summary>
    [Range(0, 1440)]
    public int EveryMinutes { get; init; } = 15;

    /// <summary>UTC hour of the daily full sync.</summary>
    [Range(0, 23)]
    public int FullAtHour { get; init; } = 3;

    /// <summary>How far back workflow runs are read; pull requests, commits and deployments are read whole.</summary>
    [Range(1, 10_000)]
    public int HistoryDays { get; init; } = 1_095;

    /// <summary>Connections that one process syncs at the same time.</summary>
    [Range(1, 32)]
    public int Concurrency { get; init; } = 4;
}
