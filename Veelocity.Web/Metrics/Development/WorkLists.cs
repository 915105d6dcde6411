using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Development;

/// <summary>In what order rows are listed.</summary>
public enum WorkOrder
{
    Newest,
    Slowest,

    /// <summary>As percentiles rank them.</summary>
    Fastest,
}

/// <summary>A part of a set.</summary>
/// <param name="LeftOut">Those that do not count, instead of those that do.</param>
/// <param name="Reason">Of those left out, only for this reason.</param>
/// <param name="AtLeastSeconds">Inclusive.</param>
/// <param name="BelowSeconds">Exclusive.</param>
public sealed record WorkPart(bool LeftOut = false, WorkReason? Reason = null, double? AtLeastSeconds = null, double? BelowSeconds = null)
{
    public static readonly WorkPart Whole = new();
    public static readonly WorkPart Others = new(LeftOut: true);
}

/// <summary>How many rows are left out for one reason.</summary>
public sealed record WorkReasonCount(WorkReason Reason, long Count);

/// <summary>Lists the rows of a set page by page: sorted as they were counted, and only those of the page are looked up.</summary>
public sealed class WorkLists(WorkSets sets, PullLookup pulls, IssueLookup issues)
{
    public async Task<Page<PullItem>> PullsAsync(
        PullSet set, Period period, WorkScope scope, WorkOrder order, PageRequest page, CancellationToken cancellation, WorkPart? part = null)
    {
        var rows = Sorted(await sets.OfAsync(set, period, scope, cancellation), order, part ?? WorkPart.Whole);
        return new Page<PullItem>(
            await pulls.OfAsync(scope.Filter.OrganizationId, Cut(rows, page), cancellation), page.Number, page.PerPage, rows.Count);
    }

    public async Task<Page<IssueItem>> IssuesAsync(
        IssueSet set, Period period, WorkScope scope, WorkOrder order, PageRequest page, CancellationToken cancellation, WorkPart? part = null)
    {
        var rows = Sorted(await sets.OfAsync(set, period, scope, cancellation), order, part ?? WorkPart.Whole);
        return new Page<IssueItem>(
            await issues.OfAsync(scope.Filter.OrganizationId, Cut(rows, page), cancellation), page.Number, page.PerPage, rows.Count);
    }

    public async Task<IReadOnlyList<WorkReasonCount>> ReasonsAsync(PullSet set, Period period, WorkScope scope, CancellationToken cancellation) =>
        Reasons(await sets.OfAsync(set, period, scope, cancellation));

    public async Task<IReadOnlyList<WorkReasonCount>> ReasonsAsync(IssueSet set, Period period, WorkScope scope, CancellationToken cancellation) =>
        Reasons(await sets.OfAsync(set, period, scope, cancellation));

    private static IReadOnlyList<WorkReasonCount> Reasons(IEnumerable<WorkItem> rows) =>
        [.. rows.Where(row => !row.Counts).GroupBy(row => row.LeftOut!.Value).OrderBy(same => same.Key).Select(same => new WorkReasonCount(same.Key, same.LongCount()))];

    private static List<WorkItem> Sorted(IReadOnlyList<WorkItem> all, WorkOrder order, WorkPart part)
    {
        var rows = all.Where(row => row.Counts != part.LeftOut && (part.Reason is null || row.LeftOut == part.Reason)
            && (part.AtLeastSeconds is null || row.Seconds >= part.AtLeastSeconds) && (part.BelowSeconds is null || row.Seconds < part.BelowSeconds)).ToList();
        rows.Sort((one, other) => (order switch
        {
            WorkOrder.Slowest => Nullable.Compare(other.Seconds, one.Seconds),
            WorkOrder.Fastest => Nullable.Compare(one.Seconds, other.Seconds),
            _ => other.At.CompareTo(one.At),
        }) is not 0 and var compared ? compared : one.Id.CompareTo(other.Id));
        return rows;
    }

    private static List<WorkItem> Cut(List<WorkItem> rows, PageRequest page) =>
        page.Offset >= rows.Count ? [] : rows.GetRange(page.Offset, Math.Min(page.PerPage, rows.Count - page.Offset));
}
