using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>
/// Issue trackers keep the address that a pull request had when it was attached. Where it names no known repository, the provider is asked,
/// once for each name, whether it is the former name of one (M31).
/// </summary>
public sealed partial class FormerNames(
    VeelocityDb db, ConnectorCatalog catalog, CredentialRenewal credentials, TimeProvider clock, ILogger<FormerNames> logger)
{
    // The rest is asked with the next syncs.
    private const int MaxLookups = 20;

    /// <param name="run">What the lookups cost is counted as this run's. A full run asks again for names that led nowhere.</param>
    public async Task FollowAsync(SyncRun run, CancellationToken cancellation)
    {
        foreach (var connection in await ConnectionsAsync(run, cancellation))
        {
            try
            {
                await FollowAsync(run, connection, (IRepositoryNames)catalog.Find(connection.Kind)!, cancellation);
            }
            catch (ConnectorException failure)
            {
                // The next sync asks again.
                LogNotAsked(failure.Fault, connection.Id);
            }
        }
    }

    private async Task FollowAsync(SyncRun run, Connection connection, IRepositoryNames names, CancellationToken cancellation)
    {
        var asksAgain = run.IsFull && run.ConnectionId == connection.Id;
        string[] known = asksAgain ? [] : connection.UnknownUrls;
        var unknown = await UnknownAsync(connection, known, cancellation);
        if (unknown.Count == 0 && !asksAgain) return;
        var opened = unknown.Count == 0 ? null : await credentials.OpenAsync(connection, cancellation);
        var leadNowhere = known.ToList();
        foreach (var url in unknown)
        {
            var found = await names.FindAsync(opened!, string.Join('/', url.Split('/')[^2..]), cancellation);
            run.Spend(found.Requests, 0);
            var id = found.ExternalId is { } externalId ? Repository.IdOf(connection.OrganizationId, externalId) : (Guid?)null;
            if (id is { } repository && await db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).AnyAsync(r => r.Id == repository, cancellation))
                await new RenamedRepositories(db, clock).RememberAsync(repository, url, cancellation);
            else
                leadNowhere.Add(url);
        }
        connection.UnknownUrls = [.. leadNowhere];
        await db.SaveChangesAsync(cancellation);
    }

    // While its repositories are still being read, a name may be one of them.
    private async Task<List<Connection>> ConnectionsAsync(SyncRun run, CancellationToken cancellation)
    {
        var kinds = catalog.All.Where(connector => connector is IRepositoryNames).Select(connector => connector.Info.Kind).ToArray();
        return await db.Connections.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(c => c.OrganizationId == run.OrganizationId && c.ProtectedSecret != null && kinds.Contains(c.Kind))
            .Where(c => !db.SyncRuns.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter })
                .Any(r => r.ConnectionId == c.Id && r.FinishedAt == null && r.Id != run.Id))
            .ToListAsync(cancellation);
    }

    private Task<List<string>> UnknownAsync(Connection connection, string[] leadNowhere, CancellationToken cancellation) =>
        db.Database.SqlQuery<string>($"""
            SELECT DISTINCT named.url AS "Value"
            FROM (
                SELECT substring(url FROM '^(https?://[^/]+/[^/]+/[^/]+)/pull/[0-9]+$') AS url
                FROM issue_attachments WHERE organization_id = {connection.OrganizationId}
            ) named
            WHERE named.url IS NOT NULL AND named.url <> ALL ({leadNowhere})
              AND substring(named.url FROM '^https?://[^/]+') IN (
                  SELECT lower(substring(url FROM '^https?://[^/]+')) FROM repositories WHERE connection_id = {connection.Id})
              AND NOT EXISTS (
                  SELECT FROM repositories r
                  WHERE r.organization_id = {connection.OrganizationId} AND (lower(r.url) = named.url OR named.url = ANY (r.former_urls)))
            ORDER BY 1
            LIMIT {MaxLookups}
            """).ToListAsync(cancellation);

    [LoggerMessage(Level = LogLevel.Information, Message = "Former names of repositories of connection {ConnectionId} were not looked up: {Fault}")]
    private partial void LogNotAsked(ConnectorFault fault, Guid connectionId);
}
