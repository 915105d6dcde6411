using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Flow;

/// <summary>
/// Pull requests by people that have been in their present stage (M20) longer than 85 % of changes were: of their repository's
/// changes of the last 90 days when at least 20 of them had that stage (of the team's where one is asked for), else of the organization's when
/// at least 5 did (M4). Open ones are
/// coded while they are drafts, then wait for a first review (M26), are reviewed until the approval that no request for changes follows,
/// then wait for their merge; merged ones wait for production (M19). Oldest first, in seconds; what counts is calendar time (M7).
/// </summary>
public sealed class ChangesAtRisk(VeelocityDb db, TeamScopes scopes, TimeProvider clock)
{
    /// <summary>Over how many days it is seen how long stages usually take.</summary>
    public const int UsualDays = 90;

    /// <summary>How many changes of a repository, or of a team, must have had a stage to speak for it, and how many of the organization's.</summary>
    public const int EnoughOfRepository = 20, EnoughOfOrganization = 5;

    /// <summary>How many there are, and the longest of them; null when none.</summary>
    public sealed record Answer(long Count, Item? Longest);

    public sealed class Item
    {
        public required Guid PullRequestId { get; init; }
        public required string Repository { get; init; }
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string Url { get; init; }

        /// <summary>Login; null when the account was deleted.</summary>
        public string? Author { get; init; }

        /// <summary>The stage that it is in.</summary>
        [NotMapped]
        public ChangeStage Stage => SnakeCaseEnum<ChangeStage>.FromText(StageWord);

        /// <summary>The same as SQL spells it.</summary>
        [JsonIgnore]
        public string StageWord { get; init; } = "";

        /// <summary>Since when it is in this stage.</summary>
        public required DateTimeOffset Since { get; init; }

        /// <summary>How long it has been.</summary>
        public required double Seconds { get; init; }

        /// <summary>What 85 % of changes do not take longer than; null when too few are known.</summary>
        public double? UsualSeconds { get; init; }

        /// <summary>Of how many changes that is.</summary>
        public long UsualCount { get; init; }

        /// <summary>Whether it is of this repository's changes; else of the team's or the organization's.</summary>
        public bool IsUsualOfRepository { get; init; }

        /// <summary>Whether it is of the changes of the team that was asked for.</summary>
        public bool IsUsualOfTeam { get; init; }

        [JsonIgnore]
        public bool IsBot { get; init; }

        [NotMapped]
        public bool IsAtRisk => !IsBot && Seconds > UsualSeconds;
    }

    public async Task<Page<Item>> AskAsync(Filter filter, PageRequest page, CancellationToken cancellation)
    {
        var rows = AtRisk(filter, (await scopes.ServicesAsync(filter, cancellation)).Ids);
        var total = await rows.LongCountAsync(cancellation);
        var items = await Oldest(rows).Skip(page.Offset).Take(page.PerPage).ToListAsync(cancellation);
        return new Page<Item>(items, page.Number, page.PerPage, total);
    }

    public async Task<Answer> SumUpAsync(Filter filter, CancellationToken cancellation)
    {
        var page = await AskAsync(filter, new PageRequest(1, 1), cancellation);
        return new Answer(page.Total, page.Items.Count > 0 ? page.Items[0] : null);
    }

    /// <summary>The stage that a pull request is in and how long that usually takes, at risk or not; null when it is in none any more.</summary>
    internal Task<Item?> PresentAsync(Guid organizationId, Guid pullRequestId, CancellationToken cancellation) =>
        Present(new Filter(organizationId), null, pullRequestId).SingleOrDefaultAsync(cancellation);

    private IQueryable<Item> AtRisk(Filter filter, Guid[]? services) =>
        Present(filter, services, null).Where(i => !i.IsBot && i.Seconds > i.UsualSeconds);

    private static IQueryable<Item> Oldest(IQueryable<Item> rows) =>
        rows.OrderByDescending(i => i.Seconds).ThenBy(i => i.PullRequestId);

    private IQueryable<Item> Present(Filter filter, Guid[]? services, Guid? pullRequestId)
    {
        var now = clock.GetUtcNow();
        var from = now.AddDays(-UsualDays);
        var isTeam = filter.TeamId is { } team && team != Filter.NoTeam;
        return db.Database.SqlQuery<Item>($"""
            WITH changed AS (
                SELECT FALSE AS is_team, repository_id, coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds
                FROM deployed_changes
                WHERE organization_id = {filter.OrganizationId} AND is_first AND left_out IS NULL AND deployed_at >= {from} AND deployed_at < {now}
                UNION ALL
                SELECT TRUE, NULL, coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds
                FROM deployed_changes c
                WHERE {isTeam} AND organization_id = {filter.OrganizationId} AND left_out IS NULL AND deployed_at >= {from} AND deployed_at < {now}
                  AND c.service_id = ANY ({services}) AND (c.is_first OR NOT EXISTS (
                      SELECT FROM deployed_changes e WHERE e.pull_request_id = c.pull_request_id AND e.service_id = ANY ({services})
                        AND (e.deployed_at, e.service_id) < (c.deployed_at, c.service_id)))
            ),
            usual AS (
                SELECT u.is_team, u.repository_id, s.stage, s.n, s.p85
                FROM (
                    SELECT is_team, repository_id,
                           count(*) AS coding_n, percentile_cont(0.85) WITHIN GROUP (ORDER BY coding_seconds) AS coding,
                           count(pickup_seconds) AS pickup_n, percentile_cont(0.85) WITHIN GROUP (ORDER BY pickup_seconds) AS pickup,
                           count(review_seconds) AS review_n, percentile_cont(0.85) WITHIN GROUP (ORDER BY review_seconds) AS review,
                           percentile_cont(0.85) WITHIN GROUP (ORDER BY merge_seconds) AS merge,
                           percentile_cont(0.85) WITHIN GROUP (ORDER BY deploy_seconds) AS deploy
                    FROM changed
                    GROUP BY GROUPING SETS ((is_team, repository_id), (is_team))
                    HAVING NOT is_team OR GROUPING(repository_id) = 1
                ) u
                CROSS JOIN LATERAL (VALUES ('coding', coding_n, coding), ('pickup', pickup_n, pickup), ('review', review_n, review),
                                           ('merge', coding_n, merge), ('deploy', coding_n, deploy)) s (stage, n, p85)
                WHERE s.n >= CASE WHEN u.repository_id IS NULL AND NOT u.is_team THEN {EnoughOfOrganization} ELSE {EnoughOfRepository} END
            ),
            staged AS (
                SELECT p.*, r.full_name, a.login, COALESCE(a.is_bot, FALSE) AS is_bot,
                       CASE WHEN p.waiting_since IS NOT NULL THEN 'deploy'
                            WHEN p.is_draft OR p.ready_at IS NULL THEN 'coding'
                            WHEN p.first_review_at IS NULL THEN 'pickup'
                            WHEN p.approved_at IS NULL
                                 OR EXISTS (SELECT FROM reviews v JOIN accounts w ON w.id = v.author_account_id AND NOT w.is_bot
                                            WHERE v.pull_request_id = p.id AND v.state = 'changes_requested' AND v.submitted_at > p.approved_at) THEN 'review'
                            ELSE 'merge' END AS stage
                FROM pull_requests p
                JOIN repositories r ON r.id = p.repository_id AND r.left_at IS NULL
                LEFT JOIN accounts a ON a.id = p.author_account_id
                WHERE p.organization_id = {filter.OrganizationId} AND (p.state = 'open' OR p.waiting_since IS NOT NULL)
                  AND ({pullRequestId}::uuid IS NULL OR p.id = {pullRequestId})
                  AND ({filter.RepositoryId}::uuid IS NULL OR p.repository_id = {filter.RepositoryId})
                  AND ({services}::uuid[] IS NULL OR EXISTS (SELECT FROM services s WHERE s.repository_id = p.repository_id AND s.id = ANY ({services})))
            ),
            present AS (
                SELECT s.*, CASE s.stage WHEN 'deploy' THEN s.waiting_since
                                         WHEN 'coding' THEN LEAST(s.first_commit_at, s.created_at)
                                         WHEN 'pickup' THEN s.ready_at
                                         WHEN 'review' THEN GREATEST(s.first_review_at, s.ready_at)
                                         ELSE GREATEST(s.approved_at, s.ready_at) END AS since
                FROM staged s
            )
            SELECT p.id AS pull_request_id, p.full_name AS repository, p.number, p.title, p.url, p.login AS author, p.stage AS stage_word, p.since,
                   GREATEST(0, extract(epoch FROM {now} - p.since))::float8 AS seconds,
                   COALESCE(own.p85, every.p85) AS usual_seconds, COALESCE(own.n, every.n, 0) AS usual_count,
                   own.n IS NOT NULL AND NOT own.is_team AS is_usual_of_repository, COALESCE(own.is_team, FALSE) AS is_usual_of_team, p.is_bot
            FROM present p
            LEFT JOIN usual own ON own.stage = p.stage AND CASE WHEN {isTeam} THEN own.is_team ELSE own.repository_id = p.repository_id END
            LEFT JOIN usual every ON every.repository_id IS NULL AND NOT every.is_team AND every.stage = p.stage
            """);
    }
}
