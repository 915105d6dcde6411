using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>The pull requests behind lead time: those in it, those left out with their reason, those still waiting (M35).</summary>
public sealed class ChangeItems(VeelocityDb db, WaitingChanges waiting)
{
    /// <summary>Which of them.</summary>
    public enum Selection
    {
        Included,
        LeftOut,
        Waiting,
    }

    /// <summary>In what order: slowest first, or newest deployment (or merge) first.</summary>
    public enum Order
    {
        Slowest,
        Newest,
    }

    public sealed class Item
    {
        public required Guid PullRequestId { get; init; }
        public required string Repository { get; init; }
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string Url { get; init; }

        /// <summary>Login; null when the account was deleted.</summary>
        public string? Author { get; init; }

        public DateTimeOffset? FirstCommitAt { get; init; }
        public required DateTimeOffset MergedAt { get; init; }

        /// <summary>From here on null while it waits.</summary>
        public DateTimeOffset? DeployedAt { get; init; }
        public string? Deployment { get; init; }
        public string? DeploymentUrl { get; init; }
        public double? LeadSeconds { get; init; }
        public double? CodingSeconds { get; init; }
        public double? PickupSeconds { get; init; }
        public double? ReviewSeconds { get; init; }
        public double? MergeSeconds { get; init; }
        public double? DeploySeconds { get; init; }

        /// <summary>Why it is not in the lead time; null when it is.</summary>
        [NotMapped]
        public LeftOut? LeftOut => LeftOutWord is { } word ? SnakeCaseEnum<LeftOut>.FromText(word) : null;

        /// <summary>The same as it is stored; raw queries do not use the model's conversions.</summary>
        public string? LeftOutWord { get; init; }

        public bool IsByTime { get; init; }
        public bool IsSkewed { get; init; }
    }

    public async Task<Page<Item>> AskAsync(
        Period period, Filter filter, Selection selection, Order order, PageRequest page, CancellationToken cancellation)
    {
        var rows = selection == Selection.Waiting ? Waiting(filter) : Deployed(period, filter, selection);
        var total = await rows.LongCountAsync(cancellation);
        var ordered = (selection, order) switch
        {
            (Selection.Waiting, _) => rows.OrderBy(i => i.MergedAt),
            (_, Order.Slowest) => rows.OrderByDescending(i => i.LeadSeconds),
            _ => rows.OrderByDescending(i => i.DeployedAt),
        };
        var items = await ordered.ThenBy(i => i.PullRequestId).Skip(page.Offset).Take(page.PerPage).ToListAsync(cancellation);
        return new Page<Item>(items, page.Number, page.PerPage, total);
    }

    private IQueryable<Item> Deployed(Period period, Filter filter, Selection selection)
    {
        var isIncluded = selection == Selection.Included;
        return db.Database.SqlQuery<Item>($"""
            SELECT p.id AS pull_request_id, r.full_name AS repository, p.number, p.title, p.url, a.login AS author,
                   p.first_commit_at, p.merged_at, c.deployed_at, d.title AS deployment, d.url AS deployment_url,
                   c.lead_seconds, c.coding_seconds, c.pickup_seconds, c.review_seconds, c.merge_seconds, c.deploy_seconds,
                   c.left_out AS left_out_word, c.is_by_time, c.is_skewed
            FROM deployed_changes c
            JOIN pull_requests p ON p.id = c.pull_request_id
            JOIN repositories r ON r.id = c.repository_id
            JOIN deployments d ON d.id = c.deployment_id
            LEFT JOIN accounts a ON a.id = p.author_account_id
            WHERE c.organization_id = {filter.OrganizationId}
              AND (c.left_out IS NULL) = {isIncluded}
              AND c.deployed_at >= {period.From} AND c.deployed_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR c.repository_id = {filter.RepositoryId})
              AND CASE WHEN {filter.ServiceId}::uuid IS NULL THEN c.is_first ELSE c.service_id = {filter.ServiceId} END
            """);
    }

    private IQueryable<Item> Waiting(Filter filter) =>
        from p in waiting.Of(filter)
        join r in db.Repositories.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on p.RepositoryId equals r.Id
        join a in db.Accounts.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on p.AuthorAccountId equals a.Id into authors
        from a in authors.DefaultIfEmpty()
        select new Item
        {
            PullRequestId = p.Id,
            Repository = r.FullName,
            Number = p.Number,
            Title = p.Title,
            Url = p.Url,
            Author = a.Login,
            FirstCommitAt = p.FirstCommitAt,
            MergedAt = p.MergedAt!.Value,
        };
}
