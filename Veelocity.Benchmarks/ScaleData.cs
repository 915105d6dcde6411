using System.Globalization;
using Veelocity.Web.Data;

namespace Veelocity.Benchmarks;

/// <summary>
/// One organization of any size over three years, written straight into the tables that metrics read, as linking would leave them. The
/// same sizes make the same rows.
/// </summary>
internal sealed class ScaleData(BenchmarkDatabase database, Guid organizationId, DateTimeOffset end)
{
    private const int Years = 3;

    // Some repositories are two teams'.
    private const int RepositoriesOfTeam = 12, TeamsApart = 10;

    /// <summary>A team that owns some of the repositories; there is one for every ten.</summary>
    public static Guid TeamId(Guid organizationId, int number) => StableId.From(organizationId, "team", number.ToString(CultureInfo.InvariantCulture));

    /// <param name="isLast">Whether statistics are to be made; costly where many follow each other.</param>
    public async Task WriteAsync(int repositories, int pullRequests, int deployments, int incidents, bool isLast = true)
    {
        await AddRepositoriesAsync(repositories);
        var (perRepository, releases) = (pullRequests / repositories, deployments / repositories);
        var merged = $"timestamptz '{end:O}' - interval '{Years} years' + (interval '{Years} years' - interval '1 day') * n / {perRepository}";
        var released = $"timestamptz '{end:O}' - interval '{Years} years' + (interval '{Years} years' - interval '1 day') * n / {releases} + interval '2 hours'";
        await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT setseed(0.5);
            INSERT INTO deployments (id, organization_id, repository_id, service_id, source_key, environment, is_production, sha, ref, title, url, outcome,
                started_at, finished_at, is_release, is_rollback, contents, failed_by, rework)
            SELECT md5('deployment' || s.id || n)::uuid, s.organization_id, s.repository_id, s.id, 'deployment ' || n, 'production', true, md5(s.id::text || n), 'main',
                'Release ' || n, 'https://github.example/deployments/' || n, CASE WHEN n % 20 = 0 THEN 'failed' ELSE 'succeeded' END,
                {released} - interval '5 minutes', {released}, n % 20 <> 0, n % 50 = 49, CASE WHEN n % 20 = 0 THEN 'none' ELSE 'ancestry' END,
                CASE WHEN n % 13 = 5 AND n % 20 <> 0 THEN CASE WHEN n % 2 = 0 THEN 'incident' ELSE 'revert' END END, CASE WHEN n % 17 = 3 AND n % 20 <> 0 THEN 'hotfix' END
            FROM services s, generate_series(1, {releases}) n
            WHERE s.organization_id = '{organizationId}';

            INSERT INTO pull_requests (id, organization_id, repository_id, number, title, url, state, is_draft, created_at, updated_at, closed_at, merged_at, base_branch,
                head_branch, head_sha, merge_commit_sha, additions, deletions, changed_files, comment_count, commit_count, first_commit_at, labels,
                ready_for_review_at, converted_to_draft_at, is_revert, waiting_since)
            SELECT md5('pull' || s.id || n)::uuid, s.organization_id, s.repository_id, n, 'Improve part ' || n, 'https://github.example/pull/' || n, 'merged', false,
                {merged} - interval '1 day', {merged}, {merged}, {merged}, 'main', 'topic-' || n, md5('head' || n), md5('merge' || s.id || n), 40, 12, 3, 1, 2,
                {merged} - interval '1 day', ARRAY[]::text[], ARRAY[]::timestamptz[], ARRAY[]::timestamptz[], false, CASE WHEN n > {perRepository} - 5 THEN {merged} END
            FROM services s, generate_series(1, {perRepository}) n
            WHERE s.organization_id = '{organizationId}';

            INSERT INTO deployed_changes (pull_request_id, organization_id, repository_id, service_id, deployment_id, is_first, deployed_at, left_out, lead_seconds,
                coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds, is_by_time, is_skewed)
            SELECT p.id, p.organization_id, p.repository_id, d.service_id, d.id, true, d.finished_at, CASE WHEN p.number % 25 = 0 THEN 'bot' END, v.lead,
                v.lead * 0.3, v.lead * 0.2, v.lead * 0.3, v.lead * 0.1, v.lead * 0.1, false, false
            FROM pull_requests p
            JOIN services s ON s.repository_id = p.repository_id
            JOIN deployments d ON d.id = md5('deployment' || s.id || (p.number::bigint * {releases} / {perRepository} + 1))::uuid
            CROSS JOIN LATERAL (SELECT round(exp(9 + 2 * (random() + random() + random()) + 0 * p.number)) AS lead) v
            WHERE p.organization_id = '{organizationId}' AND p.waiting_since IS NULL;

            INSERT INTO incidents (id, organization_id, source, title, severity, service_id, started_at, resolved_at, created_at, deployment_id, link_method, link_confidence)
            SELECT md5('incident' || d.id)::uuid, d.organization_id, 'manual', 'Something broke', (ARRAY['critical', 'high', 'medium', 'low'])[1 + i % 4], d.service_id,
                d.finished_at + interval '20 minutes', d.finished_at + interval '20 minutes' + random() * interval '6 hours', d.finished_at, d.id, 'window', 0.6
            FROM (SELECT *, row_number() OVER (ORDER BY id) AS i FROM deployments WHERE organization_id = '{organizationId}' AND outcome = 'succeeded') d
            WHERE i <= {incidents};
            """));
        await AddTeamsAsync(repositories);
        if (isLast) await database.ExecuteAsync("VACUUM ANALYZE");
    }

    private async Task AddTeamsAsync(int repositories)
    {
        await using var db = database.Open();
        for (var number = 0; number * TeamsApart < repositories; number++)
        {
            var team = new Team { Id = TeamId(organizationId, number), OrganizationId = organizationId, Name = $"Team {number:000}", CreatedAt = end };
            db.Add(team);
            db.AddRange(Enumerable.Range(number * TeamsApart, RepositoriesOfTeam).Where(i => i < repositories).Select(i => new TeamRepository
            {
                TeamId = team.Id,
                RepositoryId = Repository.IdOf(organizationId, NameOf(i)),
                OrganizationId = organizationId,
                AddedAt = end,
            }));
        }
        await db.SaveChangesAsync();
    }

    private static string NameOf(int repository) => string.Create(CultureInfo.InvariantCulture, $"acme/service-{repository:000}");

    private async Task AddRepositoriesAsync(int count)
    {
        var connection = await database.AddConnectionAsync(organizationId);
        await using var db = database.Open();
        for (var i = 0; i < count; i++)
        {
            var name = NameOf(i);
            var repository = new Repository
            {
                Id = Repository.IdOf(organizationId, name),
                OrganizationId = organizationId,
                ConnectionId = connection.Id,
                ExternalId = name,
                FullName = name,
                Url = $"https://github.example/{name}",
                DefaultBranch = "main",
                CreatedAt = end.AddYears(-Years - 1),
                LinkedAt = end,
            };
            var service = new Service { Id = Service.IdOf(repository.Id), OrganizationId = organizationId, RepositoryId = repository.Id, Name = name };
            service.Detect(DeploymentSource.Environment, "production", null, "generated", end);
            db.AddRange(repository, service);
        }
        await db.SaveChangesAsync();
    }
}
