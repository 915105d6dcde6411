using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Cronos;

namespace Veelocity.Web.Sync;

/// <summary>When and how much is synced (section <c>Sync</c>).</summary>
public sealed class SyncOptions : IValidatableObject
{
    private const int MinutesPerDay = 1_440;

    /// <summary>Minutes between incremental syncs; 0 turns the schedule off.</summary>
    [Range(0, MinutesPerDay)]
    public int EveryMinutes { get; init; } = 15;

    /// <summary>UTC hour of the daily full sync.</summary>
    [Range(0, 23)]
    public int FullAtHour { get; init; } = 3;

    /// <summary>When incremental syncs are due, as a cron expression in UTC; in place of <see cref="EveryMinutes"/>.</summary>
    public string? Cron { get; init; }

    /// <summary>When full syncs are due, as a cron expression in UTC; in place of <see cref="FullAtHour"/>.</summary>
    public string? FullCron { get; init; }

    /// <summary>How far back workflow runs are read; pull requests, commits and deployments are read whole.</summary>
    [Range(1, 10_000)]
    public int HistoryDays { get; init; } = 1_095;

    /// <summary>Connections that one process syncs at the same time.</summary>
    [Range(1, 32)]
    public int Concurrency { get; init; } = 4;

    /// <summary>Whether this process syncs and keeps the schedule; false leaves both to others on the same database.</summary>
    public bool Worker { get; init; } = true;

    public string? IncrementalCron =>
        !string.IsNullOrWhiteSpace(Cron) ? Cron
        : EveryMinutes == 0 ? null
        : EveryMinutes < 60 ? $"*/{EveryMinutes} * * * *"
        : $"0 */{EveryMinutes / 60} * * *";

    public string? DailyCron =>
        !string.IsNullOrWhiteSpace(FullCron) ? FullCron : IncrementalCron is null ? null : $"0 {FullAtHour} * * *";

    public string Words => IncrementalCron is null && DailyCron is null
        ? "The schedule is switched off; syncs run when someone asks for them."
        : $"{IncrementalWords}{FullWords}";

    private string IncrementalWords =>
        IncrementalCron is null ? "" : !string.IsNullOrWhiteSpace(Cron) ? $"Changes are read at {Cron} (cron, UTC). " : $"Changes are read every {Interval}. ";

    private string FullWords => !string.IsNullOrWhiteSpace(FullCron)
        ? $"Everything is read again at {FullCron} (cron, UTC)."
        : string.Create(CultureInfo.InvariantCulture, $"Everything is read again every day at {FullAtHour:00}:00 UTC.");

    private string Interval => EveryMinutes switch
    {
        1 => "minute",
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{EveryMinutes} minutes"),
        60 => "hour",
        MinutesPerDay => "day",
        _ => string.Create(CultureInfo.InvariantCulture, $"{EveryMinutes / 60} hours"),
    };

    private bool LeavesEvenGaps =>
        EveryMinutes < 60 ? EveryMinutes == 0 || 60 % EveryMinutes == 0 : EveryMinutes % 60 == 0 && MinutesPerDay % EveryMinutes == 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!LeavesEvenGaps)
        {
            yield return new ValidationResult(
                $"Sync__EveryMinutes is {EveryMinutes}, which would leave uneven gaps: choose a number that divides an hour (5, 10, 15, 20, 30, 60) or whole hours that divide a day (120, 180, 240, 360, 480, 720, 1440), or say it with Sync__Cron.",
                [nameof(EveryMinutes)]);
        }
        foreach (var (name, text) in new[] { (nameof(Cron), Cron), (nameof(FullCron), FullCron) })
        {
            if (!string.IsNullOrWhiteSpace(text) && !CronExpression.TryParse(text, out _))
                yield return new ValidationResult($"Sync__{name} is '{text}', which is no cron expression: write five fields such as '*/15 * * * *'.", [name]);
        }
    }
}
