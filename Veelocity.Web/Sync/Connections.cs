using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Sync;

/// <summary>Connects an organization to a provider and takes the connection away again.</summary>
public sealed class Connections(
    VeelocityDb db, ConnectorCatalog catalog, ConnectionSecrets secrets, CredentialRenewal renewal, SyncRequests requests,
    RepositorySelection selection, TimeProvider time)
{
    /// <summary>A connection that has just been made, and what its token will not show.</summary>
    public sealed record Connected(Connection Connection, IReadOnlyList<string> Warnings, IReadOnlyList<SyncRun> Runs);

    public Task<Connection?> FindAsync(Guid organizationId, string kind, CancellationToken cancellation)
    {
        db.Enter(organizationId);
        return db.Connections.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .SingleOrDefaultAsync(c => c.OrganizationId == organizationId && c.Kind == kind, cancellation);
    }

    /// <summary>
    /// Tests the token, stores it encrypted and requests the first sync. A rejected token is a <see cref="ConnectorException"/> and
    /// changes nothing. While connected, what is null stays as it is: a new token changes neither the address nor the selection.
    /// </summary>
    /// <param name="address">The provider's own address; empty means the public one.</param>
    /// <param name="repositories">Full names to sync, or ids or keys of teams; empty means all that the token sees.</param>
    public async Task<Connected> ConnectAsync(
        Guid organizationId, string kind, string token, string? address, IReadOnlyCollection<string>? repositories, Guid userId,
        CancellationToken cancellation)
    {
        var connector = catalog.Find(kind) ?? throw new ArgumentException($"There is no connector '{kind}'.", nameof(kind));
        if (await db.Organizations.AnyAsync(o => o.Id == organizationId && o.IsSample, cancellation))
            throw new Refused("This organization holds sample data. Create your own organization, and connect it there.", "sample_organization", StatusCodes.Status409Conflict);
        var connection = await FindAsync(organizationId, kind, cancellation);
        var isAgain = connection is { IsConnected: true };
        if (isAgain)
        {
            address ??= connection!.BaseUrl;
            repositories ??= connection!.SelectedRepositories;
        }
        var baseUrl = string.IsNullOrWhiteSpace(address) ? null : new Uri(address.Trim());
        var credentials = new ConnectorCredentials(token, baseUrl);
        var check = await connector.TestAsync(credentials, cancellation);
        // What was selected before may be gone meanwhile; that must not keep a new token out.
        var added = (repositories ?? []).Except(connection?.SelectedRepositories ?? [], StringComparer.OrdinalIgnoreCase).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (added.Count > 0 && await connector.UnknownAsync(credentials, added, cancellation) is { Count: > 0 } unknown)
            throw new Refused($"These don't exist, or the token can't see them: {string.Join(", ", unknown)}.", "unknown_selection")
            {
                Field = connector.Info.ReadsTeams ? "Teams" : "Repositories",
            };
        if (connection is null) db.Connections.Add(connection = new Connection { OrganizationId = organizationId, Kind = kind });
        // Another GitHub numbers its own repositories: cursors of the old one would hide what it has.
        // Another owner of a key sees other teams.
        if (connection.BaseUrl != baseUrl?.ToString() || (connector.Info.ReadsTeams && connection.Account != check.Account))
            await db.SyncCursors.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                .Where(c => c.ConnectionId == connection.Id)
                .ExecuteDeleteAsync(cancellation);
        var selected = repositories is { Count: > 0 } ? repositories.ToArray() : null;
        connection.Connect(
            secrets.Protect(connection.Id, token), baseUrl?.ToString(), check.Account, selected, userId, time.GetUtcNow());
        var limits = selected is null ? "" : $" Reads only {AuditDetail.List(selected)}.";
        db.Audit(
            organizationId, isAgain ? AuditAction.ConnectorChanged : AuditAction.ConnectorConnected, connector.Info.Name,
            $"{(isAgain ? "Connected with other credentials" : "Connected")} as {check.Account ?? "someone"}{(baseUrl is null ? "" : $" at {baseUrl.Host}")}.{limits}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        await selection.FollowAsync(organizationId, connection.Id, cancellation);
        var runs = await requests.RequestAsync(organizationId, connection.Id, SyncTrigger.FirstConnect, isFull: false, cancellation);
        return new Connected(connection, check.Warnings, runs);
    }

    /// <summary>
    /// Asks the provider whether it still accepts the stored credentials, and remembers the answer. Null when nothing is connected; a
    /// rejection is a <see cref="ConnectorException"/>.
    /// </summary>
    public async Task<CredentialCheck?> TestAsync(Guid organizationId, string kind, CancellationToken cancellation)
    {
        if (catalog.Find(kind) is not { } connector) return null;
        if (await FindAsync(organizationId, connector.Info.CredentialsOf, cancellation) is not { IsConnected: true } connection) return null;
        try
        {
            var check = await connector.TestAsync(await renewal.OpenAsync(connection, cancellation), cancellation);
            connection.Accepted();
            return check;
        }
        catch (ConnectorException rejected) when (rejected.IsRefusal)
        {
            connection.Refused(rejected.Message, time.GetUtcNow());
            throw;
        }
        finally
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    /// <summary>Erases the token and cancels open runs; what was read stays. Answers whether there was anything to disconnect.</summary>
    public async Task<bool> DisconnectAsync(Guid organizationId, string kind, CancellationToken cancellation)
    {
        if (await FindAsync(organizationId, kind, cancellation) is not { IsConnected: true } connection) return false;
        var now = time.GetUtcNow();
        connection.Disconnect(now);
        db.Audit(organizationId, AuditAction.ConnectorDisconnected, catalog.Find(kind)?.Info.Name ?? kind, "Its credentials are erased; what was read stays.", now);
        await db.SaveChangesAsync(cancellation);
        await db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.ConnectionId == connection.Id && r.FinishedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelRequestedAt, now), cancellation);
        return true;
    }
}
