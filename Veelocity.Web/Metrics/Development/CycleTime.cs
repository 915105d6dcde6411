using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Development;

/// <summary>
/// How long does an issue take (M27)? Created → its last linked pull request merged, bucketed by that merge; beside it started → completed, bucketed by the
/// completion. Seconds; the headlines are medians (M2). Null without any (M3). An issue counts once, however many pull requests it has; a
/// reopened one by its last completion. Left out, with their reason: canceled ones and duplicates; completed without having been
/// started (undefined, not 0); completed without a merged pull request. Source: issues whose times Linking derived, and their links.
/// </summary>
public sealed class CycleTime(VeelocityDb db, IssueEvents issues, PullEvents pulls, WorkGroups groups)
{
    /// <param name="Delivered">Created → last linked pull request merged.</param>
    /// <param name="Worked">Started → completed.</param>
    /// <param name="Jumped">Completed without having been started.</param>
    public sealed record Figures(Spread Delivered, Spread Worked, long Jumped, long Canceled);

    /// <summary>How many merged pull requests are tied to an issue.</summary>
    public sealed record Links(long Linked, long Merged)
    {
        /// <summary>Null when nothing was merged.</summary>
        public double? Share => Merged == 0 ? null : (double)Linked / Merged;
    }

    public sealed record Answer(Figures Now, Figures Previous, Trend DeliveredTrend, Trend WorkedTrend, Links Links, Links PreviousLinks);

    public sealed record Group(string Key, string Label, DateOnly? Start, Spread Delivered, Spread Worked, bool IsPartial);

    public async Task<Answer> AskAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var previous = period.Previous();
        var both = new Instants(previous.From, period.To);
        foreach (var kind in Enum.GetValues<IssueEvent>()) await issues.ReadAsync(kind, both, scope, cancellation);
        await pulls.ReadAsync(PullEvent.Merge, both, scope, cancellation);
        var (now, before) = (await FiguresAsync(period, scope, cancellation), await FiguresAsync(previous, scope, cancellation));
        return new Answer(
            now, before, Trend.Of(now.Delivered.P50, now.Delivered.Count, before.Delivered.P50, before.Delivered.Count),
            Trend.Of(now.Worked.P50, now.Worked.Count, before.Worked.P50, before.Worked.Count),
            await LinksAsync(period, scope, cancellation), await LinksAsync(previous, scope, cancellation));
    }

    public async Task<IReadOnlyList<Group>> GroupsAsync(Period period, WorkScope scope, WorkSplit split, CancellationToken cancellation)
    {
        var delivered = (await DeliveriesAsync(period, scope, cancellation)).Where(item => item.Counts).ToList();
        var worked = (await CompletionsAsync(period, scope, cancellation)).Where(item => item.Counts).ToList();
        var cut = await groups.CutAsync(period, scope, split, [.. delivered.Concat(worked).Select(item => item.Id).Distinct()], cancellation);
        var (one, other) = (cut.Into(delivered), cut.Into(worked));
        return [.. cut.Groups
            .Select((group, at) => new Group(group.Key, group.Label, group.Start, Spread.Of(one[at]), Spread.Of(other[at]), group.IsPartial))
            .Where(group => cut.KeepsEmpty || group.Delivered.Count > 0 || group.Worked.Count > 0)];
    }

    public async Task<IReadOnlyList<SpreadSlice>> SlicesAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        SpreadSlice.Of((await DeliveriesAsync(period, scope, cancellation)).Where(item => item.Counts));

    internal async Task<IEnumerable<WorkItem>> DeliveriesAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await issues.ReadAsync(IssueEvent.Delivery, period.Span, scope, cancellation)).Select(row => row.Delivered(scope.Filter));

    internal async Task<IEnumerable<WorkItem>> CompletionsAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await issues.ReadAsync(IssueEvent.Completion, period.Span, scope, cancellation)).Select(row => row.Worked(scope.Filter));

    internal async Task<IEnumerable<WorkItem>> CancellationsAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await issues.ReadAsync(IssueEvent.Cancellation, period.Span, scope, cancellation)).Select(row => row.Alone());

    /// <summary>Completed in the period, and not delivered by pull requests.</summary>
    internal async Task<IEnumerable<WorkItem>> UndeliveredAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await issues.ReadAsync(IssueEvent.Completion, period.Span, scope, cancellation))
            .Where(row => row.Times is { IsCanceled: false, DeliveredAt: null }).Select(row => row.Alone(WorkReason.NotDelivered));

    /// <summary>Each pull request merged in the period, those tied to no issue with that reason.</summary>
    internal async Task<IEnumerable<WorkItem>> LinkedAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var merged = (await pulls.ReadAsync(PullEvent.Merge, period.Span, scope, cancellation)).Where(row => row.Counts).ToList();
        var linked = (await db.Database.SqlQuery<Guid>($"""
            SELECT DISTINCT l.pull_request_id AS "Value"
            FROM issue_links l JOIN issues i ON i.id = l.issue_id JOIN pull_requests p ON p.id = l.pull_request_id
            WHERE l.organization_id = {scope.Filter.OrganizationId} AND l.refused_at IS NULL AND NOT i.is_trashed
              AND p.merged_at >= {period.From} AND p.merged_at < {period.To}
            """).ToListAsync(cancellation)).ToHashSet();
        return merged.Select(row => row.Alone(linked.Contains(row.Id) ? null : WorkReason.Unlinked));
    }

    private async Task<Links> LinksAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var merged = (await LinkedAsync(period, scope, cancellation)).ToList();
        return new Links(merged.LongCount(item => item.Counts), merged.Count);
    }

    private async Task<Figures> FiguresAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var completions = (await CompletionsAsync(period, scope, cancellation)).ToList();
        return new Figures(
            Spread.Of((await DeliveriesAsync(period, scope, cancellation)).Where(item => item.Counts)), Spread.Of(completions.Where(item => item.Counts)),
            completions.LongCount(item => item.LeftOut == WorkReason.Jumped),
            (await issues.ReadAsync(IssueEvent.Cancellation, period.Span, scope, cancellation)).Count);
    }
}
