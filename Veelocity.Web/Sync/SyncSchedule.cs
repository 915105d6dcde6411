using Cronos;
using Microsoft.Extensions.Options;

namespace Veelocity.Web.Sync;

/// <summary>When syncs are due, in UTC, and how old data may get before that is worth a word.</summary>
public sealed class SyncSchedule(IOptions<SyncOptions> options)
{
    // What a sync may take from its hour to its last row before somebody is told.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    // Without a schedule someone else, such as a daily job, asks for syncs.
    private static readonly TimeSpan OldWithoutSchedule = TimeSpan.FromHours(26);

    private readonly CronExpression? incremental = Parse(options.Value.IncrementalCron);
    private readonly CronExpression? full = Parse(options.Value.DailyCron);

    public bool IsOn => incremental is not null || full is not null;

    /// <summary>The words of the settings page.</summary>
    public string Words { get; } = options.Value.Words;

    public DateTimeOffset? NextAfter(DateTimeOffset at) => Earlier(Next(incremental, at), Next(full, at));

    public bool IsIncrementalDue(DateTimeOffset last, DateTimeOffset now) => Next(incremental, last) <= now;

    public bool IsFullDue(DateTimeOffset last, DateTimeOffset now) => Next(full, last) <= now;

    /// <summary>Whether data of this instant is older than the schedule allows: the sync after it is overdue.</summary>
    public bool IsStale(DateTimeOffset asOf, DateTimeOffset now) =>
        NextAfter(asOf) is { } next ? NextAfter(next) + Grace < now : asOf + OldWithoutSchedule < now;

    internal static CronExpression? Parse(string? text) => text is null ? null : CronExpression.Parse(text);

    private static DateTimeOffset? Next(CronExpression? cron, DateTimeOffset after) => cron?.GetNextOccurrence(after, TimeZoneInfo.Utc);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
