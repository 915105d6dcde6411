using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// Changes by the working clock (M7), which the database does not know: all of a period are measured here, and only those that are shown are
/// read whole. The stages of a change lie one after the other and end with its deployment (M20).
/// </summary>
internal sealed class WorkingChanges
{
    private readonly IQueryable<ChangeItems.Item> rows;
    private readonly WorkingTime working;
    private readonly List<Measured> measured;

    private WorkingChanges(IQueryable<ChangeItems.Item> rows, WorkingTime working, List<Measured> measured) =>
        (this.rows, this.working, this.measured) = (rows, working, measured);

    public static async Task<WorkingChanges> ReadAsync(
        IQueryable<ChangeItems.Item> rows, WorkingTime working, ChangeItems.Part part, CancellationToken cancellation)
    {
        var times = await rows.Select(i => new { i.PullRequestId, DeployedAt = i.DeployedAt!.Value, LeadSeconds = i.LeadSeconds!.Value }).ToListAsync(cancellation);
        return new WorkingChanges(rows, working,
        [
            .. times.Select(t => new Measured(t.PullRequestId, t.DeployedAt, working.Seconds(t.DeployedAt.AddSeconds(-t.LeadSeconds), t.DeployedAt)))
                .Where(m => (part.AtLeastSeconds is not { } from || m.Seconds >= from) && (part.BelowSeconds is not { } to || m.Seconds < to))
                .OrderBy(m => m.Seconds).ThenBy(m => m.Id),
        ]);
    }

    public async Task<Page<ChangeItems.Item>> PageAsync(ChangeItems.Order order, PageRequest page, CancellationToken cancellation)
    {
        IEnumerable<Measured> ordered = order switch
        {
            ChangeItems.Order.Slowest => measured.AsEnumerable().Reverse(),
            ChangeItems.Order.Newest => measured.OrderByDescending(m => m.DeployedAt),
            _ => measured,
        };
        var items = await ItemsAsync([.. ordered.Skip(page.Offset).Take(page.PerPage)], cancellation);
        return new Page<ChangeItems.Item>(items, page.Number, page.PerPage, measured.Count);
    }

    /// <summary>Those at these places, counted from 0, fastest first.</summary>
    public Task<IReadOnlyList<ChangeItems.Item>> RankedAsync(int place, int count, CancellationToken cancellation) =>
        ItemsAsync([.. measured.Skip(place).Take(count)], cancellation);

    private async Task<IReadOnlyList<ChangeItems.Item>> ItemsAsync(List<Measured> shown, CancellationToken cancellation)
    {
        var ids = shown.ConvertAll(m => m.Id);
        var found = await rows.Where(i => ids.Contains(i.PullRequestId)).ToDictionaryAsync(i => i.PullRequestId, cancellation);
        return [.. shown.Select(m => Worked(found[m.Id], m.Seconds))];
    }

    private ChangeItems.Item Worked(ChangeItems.Item item, double leadSeconds)
    {
        var end = item.DeployedAt!.Value;
        double? Stage(double? seconds)
        {
            if (seconds is not { } lasted) return null;
            var start = end.AddSeconds(-lasted);
            var took = working.Seconds(start, end);
            end = start;
            return took;
        }

        var (deploy, merge, review, pickup, coding) =
            (Stage(item.DeploySeconds), Stage(item.MergeSeconds), Stage(item.ReviewSeconds), Stage(item.PickupSeconds), Stage(item.CodingSeconds));
        return item with
        {
            LeadSeconds = leadSeconds,
            CodingSeconds = coding,
            PickupSeconds = pickup,
            ReviewSeconds = review,
            MergeSeconds = merge,
            DeploySeconds = deploy,
        };
    }

    private sealed record Measured(Guid Id, DateTimeOffset DeployedAt, double Seconds);
}
