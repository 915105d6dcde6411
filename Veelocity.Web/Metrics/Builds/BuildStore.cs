using System.Collections.Concurrent;
using System.Data;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Npgsql;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>Holds in memory the builds of organizations that were asked for lately, and reads them again when the organization's data is of another version.</summary>
public sealed class BuildStore(DatabaseDoor database, IOptions<MetricsOptions> options) : IDisposable
{
    private static readonly TimeSpan KeptUnasked = TimeSpan.FromHours(2);

    // Builds are few beside pull requests and deployments.
    private readonly MemoryCache held = new(new MemoryCacheOptions { SizeLimit = Math.Max(16, options.Value.ColumnMegabytes / 4) * 1_000_000L });
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> readings = new();

    public void Dispose()
    {
        held.Dispose();
        foreach (var reading in readings.Values) reading.Dispose();
    }

    internal async Task<BuildColumns> ReadAsync(Guid organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(organizationId, cancellation);
        var version = await VersionAsync(connection, organizationId, cancellation);
        if (held.Get(organizationId) is BuildColumns current && current.Version == version) return current;

        // One reads for all that ask at the same time.
        var reading = readings.GetOrAdd(organizationId, _ => new SemaphoreSlim(1));
        await reading.WaitAsync(cancellation);
        try
        {
            await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            version = await VersionAsync(connection, organizationId, cancellation);
            if (held.Get(organizationId) is BuildColumns same && same.Version == version) return same;
            var now = await ReadAsync(connection, organizationId, version, cancellation);
            held.Set(organizationId, now, new MemoryCacheEntryOptions { Size = now.Bytes, SlidingExpiration = KeptUnasked });
            return now;
        }
        finally
        {
            reading.Release();
        }
    }

    private static async Task<long> VersionAsync(NpgsqlConnection connection, Guid organizationId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT data_version FROM organizations WHERE id = $1", connection);
        command.Parameters.Add(new() { Value = organizationId });
        return await command.ExecuteScalarAsync(cancellation) is long version ? version : 0;
    }

    private static async Task<BuildColumns> ReadAsync(NpgsqlConnection connection, Guid organizationId, long version, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            SELECT b.repository_id, r.full_name, b.started_at, b.platform, b.outcome, b.eventual, b.attempt, b.is_first, b.is_flaky,
                   b.failure, b.failed_job, b.failed_step, b.duration_seconds, b.queue_seconds, b.run_created_at
            FROM builds b
            JOIN repositories r ON r.id = b.repository_id
            WHERE b.organization_id = $1
            ORDER BY b.started_at, b.id
            """, connection);
        command.Parameters.Add(new() { Value = organizationId });
        var columns = new BuildColumns(version);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            columns.Repository.Add(columns.PlaceOf(reader.GetGuid(0), () => reader.GetString(1)));
            columns.StartedAt.Add(reader.GetDateTime(2));
            columns.RunCreatedAt.Add(reader.GetDateTime(14));
            columns.Platform.Add(Word<BuildPlatform>(3)!.Value);
            columns.Outcome.Add(Word<BuildOutcome>(4)!.Value);
            columns.Eventual.Add(Word<BuildOutcome>(5)!.Value);
            columns.Attempt.Add(reader.GetInt32(6));
            columns.IsFirst.Add(reader.GetBoolean(7));
            columns.IsFlaky.Add(reader.GetBoolean(8));
            columns.Cause.Add(Word<BuildFailure>(9) is { } failure ? columns.Shared(BuildFailures.Cause.Of(failure, Text(10), Text(11))) : null);
            columns.Duration.Add(Seconds(12));
            columns.Queue.Add(Seconds(13));
        }
        return columns;

        T? Word<T>(int column)
            where T : struct, Enum => reader.IsDBNull(column) ? null : SnakeCaseEnum<T>.FromText(reader.GetString(column));

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        double Seconds(int column) => reader.IsDBNull(column) ? double.NaN : reader.GetDouble(column);
    }
}
