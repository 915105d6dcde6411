using System.Collections.Concurrent;
using System.Data;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Npgsql;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Columns;

/// <summary>
/// Holds in memory what metrics read of each organization that was asked for lately. Each time it is asked, it looks which repositories
/// were changed since, and reads those again; so it never answers with what is out of date.
/// </summary>
public sealed class ColumnStore(DatabaseDoor database, IOptions<MetricsOptions> options) : IDisposable
{
    private static readonly TimeSpan KeptUnasked = TimeSpan.FromHours(2);

    private readonly MemoryCache held = new(new MemoryCacheOptions { SizeLimit = options.Value.ColumnMegabytes * 1_000_000L });
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> readings = new();

    public void Dispose()
    {
        held.Dispose();
        foreach (var reading in readings.Values) reading.Dispose();
    }

    internal async Task<OrganizationColumns> ReadAsync(Guid organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(organizationId, cancellation);
        var reader = new ColumnReader(connection, organizationId);
        var versions = await reader.VersionsAsync(cancellation);
        if (held.Get(organizationId) is OrganizationColumns current && IsOf(versions, current)) return current;

        // One reads for all that ask at the same time.
        var reading = readings.GetOrAdd(organizationId, _ => new SemaphoreSlim(1));
        await reading.WaitAsync(cancellation);
        try
        {
            return await RefreshAsync(connection, reader, organizationId, cancellation);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>
    /// The same with what only this environment or window of hours has; read each time, because few ask for it.
    /// </summary>
    internal async Task<OrganizationColumns> OfAsync(
        OrganizationColumns columns, Guid organizationId, string? environment, int? windowHours,
            CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(organizationId, cancellation);
        var (reader, ids) = (new ColumnReader(connection, organizationId),
            columns.Repositories.Select(r => r.Id).ToArray());
        var changes = environment is null ? null : await reader.ChangesAsync(ids, cancellation, environment);
        var deployments = windowHours is null ? null : await reader.DeploymentsAsync(ids, cancellation, windowHours);
        return columns with
        {
            Repositories = [.. columns.Repositories.Select(r => r with
            {
                Changes = changes is null ? r.Changes : changes.GetValueOrDefault(r.Id, ChangeColumns.None),
                Deployments = deployments is null ? r.Deployments
                    : deployments.GetValueOrDefault(r.Id, DeploymentColumns.None),
            })],
            WorkedOut = new WorkedOut(options.Value.KeptAnswers),
        };
    }

    private async Task<OrganizationColumns> RefreshAsync(
        NpgsqlConnection connection, ColumnReader reader, Guid organizationId, CancellationToken cancellation)
    {
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var versions = await reader.VersionsAsync(cancellation);
        var before = held.Get(organizationId) as OrganizationColumns ?? OrganizationColumns.None;
        if (IsOf(versions, before)) return before;

        var known = before.Repositories.ToDictionary(repository => repository.Id);
        var changed = versions.Repositories.Where(r => known.GetValueOrDefault(r.Id)?.Version != r.Version).Select(r => r.Id).ToArray();
        var changes = await reader.ChangesAsync(changed, cancellation);
        var deployments = await reader.DeploymentsAsync(changed, cancellation);
        var incidents = versions.Incidents == before.IncidentsVersion ? before.Incidents : await reader.IncidentsAsync(cancellation);
        var repositories = versions.Repositories.Select(r => known.GetValueOrDefault(r.Id) is { } same && same.Version == r.Version
            ? same with { Name = r.Name }
            : new RepositoryColumns(
                r.Id, r.Name, r.Version, changes.GetValueOrDefault(r.Id, ChangeColumns.None), deployments.GetValueOrDefault(r.Id, DeploymentColumns.None)));

        var now = new OrganizationColumns([.. repositories], versions.Incidents, incidents, new WorkedOut(options.Value.KeptAnswers));
        held.Set(organizationId, now, new MemoryCacheEntryOptions { Size = now.Bytes, SlidingExpiration = KeptUnasked });
        return now;
    }

    private static bool IsOf(ColumnReader.Versions versions, OrganizationColumns columns)
    {
        if (versions.Incidents != columns.IncidentsVersion || versions.Repositories.Count != columns.Repositories.Count) return false;
        var known = columns.Repositories.ToDictionary(repository => repository.Id);
        return versions.Repositories.All(r => known.TryGetValue(r.Id, out var same)
            && same.Version == r.Version && string.Equals(same.Name, r.Name, StringComparison.Ordinal));
    }
}
