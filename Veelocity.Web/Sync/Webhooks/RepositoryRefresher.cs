using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Webhooks;

/// <summary>
/// Reads single things of one repository or channel again, stores them, and derives anew what follows from them. Cursors stay where they are: the
/// next sync reads what it would have read anyway, so that nothing depends on a message having come.
/// </summary>
public sealed class RepositoryRefresher(
    VeelocityDb db, ConnectorCatalog catalog, CredentialRenewal credentials, FactWriter writer, CommitGaps gaps, AfterSync after)
{
    /// <param name="Problem">What could not be read; null when all could.</param>
    public sealed record Result(int ChangedRows, ScopeProblem? Problem);

    /// <summary>What concerns everything (token refused, limit met) is a <see cref="ConnectorException"/>.</summary>
    public async Task<Result> ReadAsync(
        Connection connection, DeliveryPlace place, IReadOnlyCollection<RefreshTarget> targets, CancellationToken cancellation)
    {
        var (changed, problem) = (0, (ScopeProblem?)null);
        foreach (var connector in catalog.UsingCredentialsOf(connection.Kind))
        {
            if (connector is not IRefresh refresh) continue;
            var request = await RequestAsync(connection, connector.Info.Kind, place.Known, targets, cancellation);
            await foreach (var batch in refresh.RefreshAsync(request, cancellation))
            {
                changed += await StoreAsync(connection, batch, cancellation);
                problem ??= batch.Problem;
            }
        }
        // A repository whose first sync is under way is linked by that, when there is something to link.
        if (place.IsLinked) await after.LinkAsync(connection.OrganizationId, cancellation, place.RepositoryId is { } id ? [id] : []);
        return new Result(changed, problem);
    }

    private async Task<RefreshRequest> RequestAsync(
        Connection connection, string connector, KnownRepository known, IReadOnlyCollection<RefreshTarget> targets, CancellationToken cancellation)
    {
        var cursors = await db.SyncCursors.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(c => c.ConnectionId == connection.Id && c.Connector == connector && c.Scope == known.ExternalId)
            .ToDictionaryAsync(c => (c.Scope, c.Resource), c => c.Value, cancellation);
        return new RefreshRequest(
            await credentials.OpenAsync(connection, cancellation),
            known,
            targets,
            cursors,
            gaps.Of(connection.OrganizationId, settle: _ => Task.CompletedTask))
        {
            Selected = connection.SelectedRepositories?.ToHashSet(StringComparer.OrdinalIgnoreCase),
            WantsJobs = await WantedJobs.OfAsync(db, connection.OrganizationId, cancellation),
        };
    }

    private async Task<int> StoreAsync(Connection connection, FactBatch batch, CancellationToken cancellation)
    {
        if (batch.Facts.Count == 0) return 0;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var changed = await writer.WriteAsync(connection, batch.Facts, cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }
}
