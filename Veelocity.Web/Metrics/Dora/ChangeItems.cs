using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>The pull requests behind lead time: those in it, those left out with their reason, those still waiting (M35).</summary>
public sealed class ChangeItems(VeelocityDb db, WaitingChanges waiting, TeamScopes scopes)
{
    /// <summary>Which of them.</summary>
    public enum Selection
    {
        Included,
        LeftOut,
        Waiting,

        /// <summary>Merged, in no deployment, and not counted as waiting.</summary>
        NotWaiting,
    }

    /// <summary>In what order: slowest first, or newest deployment (or merge) first.</summary>
    public enum Order
    {
        Slowest,
        Newest,

        /// <summary>As percentiles rank them.</summary>
        Fastest,
    }

    /// <summary>A part of a selection: one slice of the histogram, one reason.</summary>
    /// <param name="AtLeastSeconds">Lead time, inclusive.</param>
    /// <param name="BelowSeconds">Lead time, exclusive.</param>
    /// <param name="Reason">As <see cref="Item.LeftOutWord"/> spells it.</param>
    public sealed record Part(double? AtLeastSeconds = null, double? BelowSeconds = null, string? Reason = null)
    {
        public static readonly Part Whole = new();
    }

    /// <summary>Rows left out for one reason.</summary>
    public sealed record ReasonCount(string Word, long Count);

    public sealed record Item
    {
        /// <summary>No service covers what it changed, or its files are not read yet.</summary>
        public const string NoService = "no_service";

        public required Guid PullRequestId { get; init; }
        public required string Repository { get; init; }
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string Url { get; init; }

        /// <summary>Login; null when the account was deleted.</summary>
        public string? Author { get; init; }

        /// <summary>The person behind the account; null for bots.</summary>
        public Guid? AuthorPersonId { get; init; }

        /// <summary>The start that was counted (M19): the first commit, or the creation where that is earlier.</summary>
        public DateTimeOffset? FirstCommitAt { get; init; }
        public required DateTimeOffset MergedAt { get; init; }

        /// <summary>From here on null while it waits.</summary>
        public DateTimeOffset? DeployedAt { get; init; }
        public Guid? DeploymentId { get; init; }
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
        public LeftOut? LeftOut => LeftOutWord is { } word and not NoService ? SnakeCaseEnum<LeftOut>.FromText(word) : null;

        /// <summary>The same as it is stored; raw queries do not use the model's conversions.</summary>
        public string? LeftOutWord { get; init; }

        public bool IsByTime { get; init; }
        public bool IsSkewed { get; init; }
    }

    public async Task<Page<Item>> AskAsync(
        Period period, Filter filter, Selection selection, Order order, PageRequest page, CancellationToken cancellation, Part? part = null)
    {
        if (filter.Working is { } working && selection is Selection.Included or Selection.LeftOut)
        {
            var rowsOfReason = await RowsAsync(period, filter, selection, new Part(Reason: part?.Reason), cancellation);
            var measured = await WorkingChanges.ReadAsync(rowsOfReason, working, part ?? Part.Whole, cancellation);
            return await measured.PageAsync(order, page, cancellation);
        }
        var rows = await RowsAsync(period, filter, selection, part ?? Part.Whole, cancellation);
        var total = await rows.LongCountAsync(cancellation);
        var ordered = (selection, order) switch
        {
            (Selection.Waiting or Selection.NotWaiting, _) => rows.OrderBy(i => i.MergedAt),
            (_, Order.Slowest) => rows.OrderByDescending(i => i.LeadSeconds),
            (_, Order.Fastest) => rows.OrderBy(i => i.LeadSeconds),
            _ => rows.OrderByDescending(i => i.DeployedAt),
        };
        var items = await ordered.ThenBy(i => i.PullRequestId).Skip(page.Offset).Take(page.PerPage).ToListAsync(cancellation);
        return new Page<Item>(items, page.Number, page.PerPage, total);
    }

    /// <summary>How many are left out of lead time, or not waiting, for each reason.</summary>
    public async Task<IReadOnlyList<ReasonCount>> ReasonsAsync(Period period, Filter filter, Selection selection, CancellationToken cancellation)
    {
        var counts = await (await RowsAsync(period, filter, selection, Part.Whole, cancellation)).GroupBy(i => i.LeftOutWord!)
            .Select(group => new { Word = group.Key, Count = group.LongCount() }).ToListAsync(cancellation);
        return [.. counts.OrderBy(count => count.Word, StringComparer.Ordinal).Select(count => new ReasonCount(count.Word, count.Count))];
    }

    /// <summary>The included changes at these places, counted from 0, in order of lead time: between them a percentile lies.</summary>
    public async Task<IReadOnlyList<Item>> RankedAsync(Period period, Filter filter, int place, int count, CancellationToken cancellation)
    {
        var rows = await RowsAsync(period, filter, Selection.Included, Part.Whole, cancellation);
        return filter.Working is { } working
            ? await (await WorkingChanges.ReadAsync(rows, working, Part.Whole, cancellation)).RankedAsync(place, count, cancellation)
            : await rows.OrderBy(i => i.LeadSeconds).ThenBy(i => i.PullRequestId).Skip(place).Take(count).ToListAsync(cancellation);
    }

    private async Task<IQueryable<Item>> RowsAsync(Period period, Filter filter, Selection selection, Part part, CancellationToken cancellation)
    {
        var services = (await scopes.ServicesAsync(filter, cancellation)).Ids;
        var rows = selection switch
        {
            Selection.Waiting => Waiting(filter, services),
            Selection.NotWaiting => NotWaiting(filter, services),
            _ => Deployed(period, filter, services, selection),
        };
        return rows
            .Where(i => part.AtLeastSeconds == null || i.LeadSeconds >= part.AtLeastSeconds)
            .Where(i => part.BelowSeconds == null || i.LeadSeconds < part.BelowSeconds)
            .Where(i => part.Reason == null || i.LeftOutWord == part.Reason);
    }

    private IQueryable<Item> Deployed(Period period, Filter filter, Guid[]? services, Selection selection)
    {
        var isIncluded = selection == Selection.Included;
        return db.Database.SqlQuery<Item>($"""
            SELECT p.id AS pull_request_id, r.full_name AS repository, p.number, p.title, p.url, a.login AS author, CASE WHEN a.is_bot THEN NULL ELSE a.person_id END AS author_person_id,
                   c.deployed_at - make_interval(secs => c.lead_seconds) AS first_commit_at, p.merged_at, c.deployed_at, c.deployment_id, d.title AS deployment, d.url AS deployment_url,
                   c.lead_seconds, c.coding_seconds, c.pickup_seconds, c.review_seconds, c.merge_seconds, c.deploy_seconds,
                   c.left_out AS left_out_word, c.is_by_time, c.is_skewed
            FROM (
                SELECT pull_request_id, organization_id, repository_id, service_id, deployment_id, is_first, deployed_at, left_out, lead_seconds,
                       coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds, is_by_time, is_skewed
                FROM deployed_changes
                WHERE {filter.Environment}::text IS NULL OR deployment_id IN (SELECT id FROM deployments WHERE environment = {filter.Environment})
                UNION ALL
                SELECT pull_request_id, organization_id, repository_id, service_id, deployment_id, TRUE, deployed_at, left_out, lead_seconds,
                       coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds, is_by_time, is_skewed
                FROM environment_changes WHERE environment = {filter.Environment}
            ) c
            JOIN pull_requests p ON p.id = c.pull_request_id
            JOIN repositories r ON r.id = c.repository_id
            JOIN deployments d ON d.id = c.deployment_id
            LEFT JOIN accounts a ON a.id = p.author_account_id
            WHERE c.organization_id = {filter.OrganizationId}
              AND (c.left_out IS NULL) = {isIncluded}
              AND c.deployed_at >= {period.From} AND c.deployed_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR c.repository_id = {filter.RepositoryId})
              AND CASE WHEN {services}::uuid[] IS NULL THEN c.is_first
                       ELSE c.service_id = ANY ({services}) AND (c.is_first OR NOT EXISTS (
                           SELECT FROM deployed_changes e WHERE e.pull_request_id = c.pull_request_id AND e.service_id = ANY ({services})
                             AND (e.deployed_at, e.service_id) < (c.deployed_at, c.service_id))) END
            """);
    }

    private IQueryable<Item> Waiting(Filter filter, Guid[]? services) =>
        from p in waiting.Of(filter, services)
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
            AuthorPersonId = a.IsBot ? null : a.PersonId,
            FirstCommitAt = p.FirstCommitAt < p.CreatedAt ? p.FirstCommitAt : p.CreatedAt,
            MergedAt = p.MergedAt!.Value,
        };

    // No service brought it to production and it does not wait for one: for the first of these reasons.
    private IQueryable<Item> NotWaiting(Filter filter, Guid[]? services) =>
        db.Database.SqlQuery<Item>($"""
            SELECT p.id AS pull_request_id, r.full_name AS repository, p.number, p.title, p.url, a.login AS author, CASE WHEN a.is_bot THEN NULL ELSE a.person_id END AS author_person_id,
                   LEAST(p.first_commit_at, p.created_at) AS first_commit_at, p.merged_at,
                   NULL::timestamptz AS deployed_at, NULL::uuid AS deployment_id, NULL AS deployment, NULL AS deployment_url, NULL::float8 AS lead_seconds, NULL::float8 AS coding_seconds,
                   NULL::float8 AS pickup_seconds, NULL::float8 AS review_seconds, NULL::float8 AS merge_seconds, NULL::float8 AS deploy_seconds,
                   COALESCE(p.left_out, 'no_service') AS left_out_word,
                   FALSE AS is_by_time, FALSE AS is_skewed
            FROM pull_requests p
            JOIN repositories r ON r.id = p.repository_id
            LEFT JOIN accounts a ON a.id = p.author_account_id
            WHERE p.organization_id = {filter.OrganizationId} AND p.merged_at IS NOT NULL AND p.waiting_since IS NULL
              AND r.left_at IS NULL
              AND NOT EXISTS (SELECT FROM deployed_changes c WHERE c.pull_request_id = p.id)
              AND ({filter.RepositoryId}::uuid IS NULL OR p.repository_id = {filter.RepositoryId})
              AND ({services}::uuid[] IS NULL OR EXISTS (SELECT FROM services s WHERE s.repository_id = p.repository_id AND s.id = ANY ({services})))
            """);
}
