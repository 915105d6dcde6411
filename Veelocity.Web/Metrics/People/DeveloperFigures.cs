using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Development;

namespace Veelocity.Web.Metrics.People;

/// <summary>
/// The numbers of one person, with whatever account, beside those of their team: pull requests opened and merged, reviewed for others, issues
/// completed; review time received and given, time to merge, cycle time. A team's durations are pooled over its rows (M2), its counts
/// divided by its members.
/// </summary>
public sealed class DeveloperFigures(VeelocityDb db, Rosters rosters, ReviewTime review, CycleTime cycle, Throughput throughput, ReviewLoad load)
{
    /// <param name="Completed">Issues; null without an issue tracker.</param>
    /// <param name="Received">Ready → first review of what they wrote.</param>
    /// <param name="Cycle">Created → last linked pull request merged, of issues they were assigned to.</param>
    public sealed record Figures(
        long Opened, long Merged, long Abandoned, long? Completed, ReviewLoad.Given Given, Spread Received, Spread Merge, Spread Cycle, Spread Worked)
    {
        public bool IsEmpty => this is { Opened: 0, Merged: 0, Abandoned: 0, Completed: null or 0, Given.Reviewed: 0, Cycle.Count: 0 };
    }

    public async Task<Figures> AskAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var reviews = (await review.AskAsync(period, scope, cancellation)).Now;
        var cycles = (await cycle.AskAsync(period, scope, cancellation)).Now;
        var done = (await throughput.AskAsync(period, scope, cancellation)).Now;
        return new Figures(
            await OpenedAsync(period, scope, cancellation), done.Merged, done.Abandoned, done.Completed, await load.PooledAsync(period, scope, cancellation),
            reviews.FirstReview, reviews.Merge, cycles.Delivered, cycles.Worked);
    }

    private async Task<long> OpenedAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var filter = scope.Filter;
        var accounts = await rosters.AccountsAsync(scope, cancellation)
            ?? [.. (await rosters.OfAsync(filter.OrganizationId, cancellation)).HumanAccounts];
        return await db.Database.SqlQuery<long>($"""
            SELECT count(*) AS "Value"
            FROM pull_requests p
            JOIN repositories r ON r.id = p.repository_id
            JOIN accounts a ON a.id = p.author_account_id
            WHERE p.organization_id = {filter.OrganizationId} AND p.author_account_id = ANY ({accounts}) AND r.left_at IS NULL AND NOT a.is_bot
              AND p.created_at >= {period.From} AND p.created_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR p.repository_id = {filter.RepositoryId})
            """).SingleAsync(cancellation);
    }
}
