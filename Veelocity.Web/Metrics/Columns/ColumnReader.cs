using Npgsql;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Columns;

/// <summary>Reads columns out of the tables, all within one snapshot of the database.</summary>
internal sealed class ColumnReader(NpgsqlConnection connection, Guid organizationId)
{
    /// <summary>A repository, and how often its rows were changed.</summary>
    public sealed record RepositoryVersion(Guid Id, string Name, long Version);

    public sealed record Versions(IReadOnlyList<RepositoryVersion> Repositories, long Incidents);

    public async Task<Versions> VersionsAsync(CancellationToken cancellation)
    {
        await using var command = Command("""
            SELECT r.id, r.full_name, COALESCE(v.version, 0)
            FROM repositories r
            LEFT JOIN metrics_versions v ON v.scope_id = r.id
            WHERE r.organization_id = $1
            UNION ALL
            SELECT scope_id, '', version FROM metrics_versions WHERE scope_id = $1
            """);
        var repositories = new List<RepositoryVersion>();
        var incidents = 0L;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetGuid(0) == organizationId) incidents = reader.GetInt64(2);
            else repositories.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetInt64(2)));
        }
        return new(repositories, incidents);
    }

    /// <summary>Lead times by repository; those without any are not in it.</summary>
    /// <param name="environment">A name; null for production.</param>
    public async Task<Dictionary<Guid, ChangeColumns>> ChangesAsync(
        Guid[] repositories, CancellationToken cancellation, string? environment = null)
    {
        await using var command = environment is not null ? Command("""
            SELECT repository_id, array_agg(deployed_at), array_agg(lead_seconds), array_agg(service_id), array_agg(before)
            FROM (
                SELECT c.repository_id, deployed_at, lead_seconds, c.service_id,
                       CASE WHEN NOT is_first THEN (
                           SELECT string_agg(e.service_id::text, ' ') FROM deployed_changes e
                           WHERE e.pull_request_id = c.pull_request_id AND (e.deployed_at, e.service_id) < (c.deployed_at, c.service_id)) END AS before
                FROM deployed_changes c
                JOIN deployments d ON d.id = c.deployment_id AND d.environment = $3
                WHERE c.organization_id = $1 AND c.repository_id = ANY ($2) AND c.left_out IS NULL
                UNION ALL
                SELECT repository_id, deployed_at, lead_seconds, service_id, NULL
                FROM environment_changes
                WHERE organization_id = $1 AND repository_id = ANY ($2) AND environment = $3 AND left_out IS NULL
                ORDER BY repository_id, deployed_at
            ) c
            GROUP BY repository_id
            """, repositories, environment) : Command("""
            SELECT repository_id, array_agg(deployed_at), array_agg(lead_seconds), array_agg(service_id), array_agg(before)
            FROM (
                SELECT repository_id, deployed_at, lead_seconds, service_id,
                       CASE WHEN NOT is_first THEN (
                           SELECT string_agg(e.service_id::text, ' ') FROM deployed_changes e
                           WHERE e.pull_request_id = c.pull_request_id AND (e.deployed_at, e.service_id) < (c.deployed_at, c.service_id)) END AS before
                FROM deployed_changes c
                WHERE organization_id = $1 AND repository_id = ANY ($2) AND left_out IS NULL
                ORDER BY repository_id, deployed_at
            ) c
            GROUP BY repository_id
            """, repositories);
        var found = new Dictionary<Guid, ChangeColumns>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            found[reader.GetGuid(0)] = new(
                reader.GetFieldValue<DateTime[]>(1), reader.GetFieldValue<double[]>(2), reader.GetFieldValue<Guid[]>(3), reader.GetFieldValue<string?[]>(4));
        }
        return found;
    }

    /// <summary>Deployments by repository; those without any are not in it.</summary>
    /// <param name="windowHours">For how long after a deployment an incident is laid to it (M22); null for the organization's setting.</param>
    public async Task<Dictionary<Guid, DeploymentColumns>> DeploymentsAsync(
        Guid[] repositories, CancellationToken cancellation, int? windowHours = null)
    {
        await using var command = Command("""
            SELECT repository_id, array_agg(finished_at), array_agg(marks), array_agg(failed_by), array_agg(rework), array_agg(service_id), array_agg(environment)
            FROM (
                SELECT repository_id, finished_at, rework,
                       CASE WHEN $3::int IS NULL OR NOT is_production OR NOT is_release THEN failed_by
                            WHEN EXISTS (
                                SELECT FROM incidents i
                                WHERE i.organization_id = $1 AND i.left_out IS NULL AND i.merged_into_id IS NULL
                                  AND CASE WHEN COALESCE(i.link_method, 'window') = 'window' THEN i.window_deployment_id = d.id AND i.window_gap_seconds < $3 * 3600
                                           ELSE i.deployment_id = d.id END) THEN 'incident'
                            WHEN EXISTS (SELECT FROM deployments b WHERE b.organization_id = $1 AND b.takes_back_id = d.id AND b.left_out IS NULL) THEN 'rollback'
                            WHEN 'revert' = ANY (failure_reasons) THEN 'revert' END AS failed_by, service_id, environment,
                       (is_production::int + 2 * is_release::int + 4 * is_rollback::int + 8 * (outcome = 'failed')::int)::int2 AS marks
                FROM deployments d
                WHERE organization_id = $1 AND repository_id = ANY ($2) AND left_out IS NULL
                ORDER BY repository_id, finished_at
            ) d
            GROUP BY repository_id
            """, repositories);
        command.Parameters.Add(new() { Value = (object?)windowHours ?? DBNull.Value,
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
        var found = new Dictionary<Guid, DeploymentColumns>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            found[reader.GetGuid(0)] = new(
                reader.GetFieldValue<DateTime[]>(1),
                Array.ConvertAll(reader.GetFieldValue<short[]>(2), marks => (DeploymentMarks)marks),
                Array.ConvertAll(reader.GetFieldValue<string?[]>(3), Parsed<ChangeFailure>),
                Array.ConvertAll(reader.GetFieldValue<string?[]>(4), Parsed<Rework>),
                reader.GetFieldValue<Guid[]>(5),
                Array.ConvertAll(reader.GetFieldValue<string[]>(6), string.Intern));
        }
        return found;
    }

    public async Task<IncidentColumns> IncidentsAsync(CancellationToken cancellation)
    {
        await using var command = Command("""
            SELECT i.started_at, i.resolved_at, i.severity, s.id, s.repository_id, d.finished_at, d.service_id, d.repository_id,
                   i.has_unknown_end, i.environment, i.is_production, CASE WHEN d.is_production THEN d.environment END
            FROM incidents i
            LEFT JOIN deployments d ON d.id = i.deployment_id
            LEFT JOIN services s ON s.id = COALESCE(i.service_id, d.service_id)
            WHERE i.organization_id = $1 AND i.left_out IS NULL AND i.merged_into_id IS NULL
            ORDER BY i.started_at
            """);
        var found = new List<IncidentTimes>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new(
                Time(0)!.Value, Time(1), reader.IsDBNull(2) ? null : Parsed<IncidentSeverity>(reader.GetString(2)),
                    Id(3), Id(4), Time(5), Id(6), Id(7),
                reader.GetBoolean(8), new IncidentPlace(Name(9), reader.GetBoolean(10), Name(11))));
        }
        return new([.. found]);

        DateTimeOffset? Time(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
        string? Name(int column) => reader.IsDBNull(column) ? null : string.Intern(reader.GetString(column));
        Guid? Id(int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);
    }

    private NpgsqlCommand Command(string sql, Guid[]? repositories = null, string? environment = null)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = organizationId });
        if (repositories is not null) command.Parameters.Add(new() { Value = repositories });
        if (environment is not null) command.Parameters.Add(new() { Value = environment });
        return command;
    }

    private static T? Parsed<T>(string? word)
        where T : struct, Enum => word is null ? null : SnakeCaseEnum<T>.FromText(word);
}
