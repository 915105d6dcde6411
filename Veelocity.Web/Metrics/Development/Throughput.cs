namespace Veelocity.Web.Metrics.Development;

/// <summary>
/// How much gets done (M28)? Pull requests merged and issues completed, in the period and per bucket. Reverts are in it, and counted (M30).
/// Beside it the abandon rate: closed without a merge ÷ closed (M30); null when none was closed. Without an issue tracker, issues
/// completed are no data and not 0 (M3). Bots are not in it, coding agents when they are asked for (M29). Source: pull requests and issues.
/// </summary>
public sealed class Throughput(PullEvents pulls, IssueEvents issues, WorkGroups groups, FirstData firstData)
{
    /// <param name="Completed">Issues; null without an issue tracker.</param>
    /// <param name="Reverts">Of the merged pull requests.</param>
    /// <param name="Abandoned">Closed without a merge.</param>
    public sealed record Figures(long Merged, long? Completed, long Reverts, long Abandoned)
    {
        /// <summary>Abandoned ÷ closed; null when none was closed.</summary>
        public double? AbandonRate => Merged + Abandoned == 0 ? null : (double)Abandoned / (Merged + Abandoned);
    }

    /// <param name="PerWeek">Pull requests merged, by the time that has passed.</param>
    /// <param name="ByAgents">Pull requests of coding agents merged in the period, whoever's were asked for.</param>
    /// <param name="CompletedPerWeek">Issues, since the first one was created.</param>
    /// <param name="PreviousPerWeek">Null when no repository existed yet, as the others (M5).</param>
    public sealed record Answer(
        Figures Now, Figures Previous, double? PerWeek, double? CompletedPerWeek, double? PreviousPerWeek, double? PreviousCompletedPerWeek,
        Trend MergedTrend, Trend CompletedTrend, Trend AbandonTrend, long ByAgents);

    public sealed record Group(string Key, string Label, DateOnly? Start, Figures Of, bool IsPartial);

    public async Task<Answer> AskAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var previous = period.Previous();
        var both = new Instants(previous.From, period.To);
        await pulls.ReadAsync(PullEvent.Merge, both, scope, cancellation);
        await pulls.ReadAsync(PullEvent.Abandonment, both, scope, cancellation);
        await issues.ReadAsync(IssueEvent.Completion, both, scope, cancellation);
        var firstIssue = await issues.FirstAsync(scope.Filter.OrganizationId, cancellation);
        var firstRepository = await firstData.AskAsync(scope.Filter with { TeamId = null }, cancellation);
        var isTracked = firstIssue is not null;
        var (now, before) = (await FiguresAsync(period, scope, isTracked, cancellation), await FiguresAsync(previous, scope, isTracked, cancellation));
        var agents = await pulls.ReadAsync(PullEvent.Merge, period.Span, scope with { Authors = Cohort.Agents }, cancellation);
        var (merged, mergedBefore) = (PerWeek(now.Merged, period, firstRepository), PerWeek(before.Merged, previous, firstRepository));
        var (completed, completedBefore) = (PerWeek(now.Completed, period, firstIssue), PerWeek(before.Completed, previous, firstIssue));
        return new Answer(
            now, before, merged, completed, mergedBefore, completedBefore,
            Trend.Of(now.Merged, now.Merged, mergedBefore is null ? null : before.Merged, before.Merged),
            Trend.Of(now.Completed, now.Completed ?? 0, completedBefore is null ? null : before.Completed, before.Completed ?? 0),
            Trend.Of(now.AbandonRate, now.Merged + now.Abandoned, before.AbandonRate, before.Merged + before.Abandoned), agents.LongCount(row => row.Counts));
    }

    public async Task<IReadOnlyList<Group>> GroupsAsync(Period period, WorkScope scope, WorkSplit split, CancellationToken cancellation)
    {
        var completed = (await CompletedAsync(period, scope, cancellation)).Where(item => item.Counts).ToList();
        var cut = await groups.CutAsync(period, scope, split, [.. completed.Select(item => item.Id)], cancellation);
        var isTracked = await issues.FirstAsync(scope.Filter.OrganizationId, cancellation) is not null;
        var merged = cut.Into((await MergedAsync(period, scope, cancellation)).Where(item => item.Counts));
        var abandoned = cut.Into((await AbandonedAsync(period, scope, cancellation)).Where(item => item.Counts));
        var done = cut.Into(completed);
        return [.. cut.Groups
            .Select((group, at) => new Group(
                group.Key, group.Label, group.Start,
                new Figures(merged[at].Count, isTracked ? done[at].Count : null, merged[at].LongCount(item => item.IsMarked), abandoned[at].Count), group.IsPartial))
            .Where(group => cut.KeepsEmpty || group.Of is not { Merged: 0, Completed: null or 0, Abandoned: 0 })];
    }

    internal async Task<IEnumerable<WorkItem>> MergedAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await pulls.ReadAsync(PullEvent.Merge, period.Span, scope, cancellation)).Select(row => row.Alone());

    internal async Task<IEnumerable<WorkItem>> AbandonedAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await pulls.ReadAsync(PullEvent.Abandonment, period.Span, scope, cancellation)).Select(row => row.Alone());

    internal async Task<IEnumerable<WorkItem>> CompletedAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await issues.ReadAsync(IssueEvent.Completion, period.Span, scope, cancellation)).Select(row => row.Alone());

    private static double? PerWeek(long? count, Period period, DateTimeOffset? first) => count / period.ElapsedDays(first) * 7;

    private async Task<Figures> FiguresAsync(Period period, WorkScope scope, bool isTracked, CancellationToken cancellation)
    {
        var merged = await pulls.ReadAsync(PullEvent.Merge, period.Span, scope, cancellation);
        var abandoned = await pulls.ReadAsync(PullEvent.Abandonment, period.Span, scope, cancellation);
        return new Figures(
            merged.LongCount(row => row.Counts), isTracked ? (await CompletedAsync(period, scope, cancellation)).LongCount(item => item.Counts) : null,
            merged.LongCount(row => row is { Counts: true, IsMarked: true }), abandoned.LongCount(row => row.Counts));
    }
}
