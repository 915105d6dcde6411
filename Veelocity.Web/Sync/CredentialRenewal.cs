using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>
/// Opens the credentials of a connection, and has those that run out renewed before. What is exchanged can be exchanged only once: a lock in
/// PostgreSQL lets one process at a time do it, the others find the new ones stored.
/// </summary>
public sealed class CredentialRenewal(DatabaseDoor database, ConnectorCatalog catalog, ConnectionSecrets secrets)
{
    public async Task<ConnectorCredentials> OpenAsync(Connection connection, CancellationToken cancellation)
    {
        var opened = secrets.Open(connection);
        return catalog.Find(connection.Kind) is IProviderApp app && app.NeedsRenewal(opened) ? await RenewAsync(connection, app, cancellation) : opened;
    }

    private async Task<ConnectorCredentials> RenewAsync(Connection connection, IProviderApp app, CancellationToken cancellation)
    {
        await using var held = await database.OpenAsync(connection.OrganizationId, cancellation);
        await using var db = DataModule.Open(held);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"veelocity credentials " + connection.Id}, 0))", cancellation);
        var stored = await db.Connections.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).SingleAsync(c => c.Id == connection.Id, cancellation);
        if (!stored.IsConnected) throw new ConnectorException(ConnectorFault.TokenWrong, "The connection was taken away.");
        var opened = secrets.Open(stored);
        if (!app.NeedsRenewal(opened)) return opened;

        // From here on the old ones may be worth nothing: the new ones are kept whatever becomes of the one who asked.
        var renewed = await app.RenewAsync(opened, CancellationToken.None);
        stored.Renew(secrets.Protect(stored.Id, renewed));
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return opened with { Secret = renewed };
    }
}
