using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Sync.Webhooks;

/// <summary>What a delivery is about: a repository, a channel, or the connection itself.</summary>
/// <param name="RepositoryId">Null when it is no repository.</param>
/// <param name="IsLinked">A first sync is through, so that what follows from it may be derived.</param>
public sealed record DeliveryPlace(KnownRepository Known, Guid? RepositoryId, bool IsLinked);

/// <summary>Finds what deliveries are about, or why they need not be looked at.</summary>
public sealed class DeliveryPlaces(VeelocityDb db, ConnectorCatalog catalog)
{
    public async Task<(DeliveryPlace? Place, string? WhyNot)> FindAsync(Connection connection, string? externalId, CancellationToken cancellation)
    {
        if (!connection.IsConnected) return (null, "The connection was taken away.");
        if (connection.RefusedAt is not null) return (null, "The token is refused. Once it is replaced, the sync reads everything.");
        // An issue moves between teams: all of a tracker is one place, so that nothing is read by two at once.
        if (catalog.Find(connection.Kind)?.Info.ReadsTeams == true) return (new DeliveryPlace(WholeOf(connection), null, IsLinked: true), null);
        return catalog.Find(connection.Kind)?.Info.ReadsChannels == true
            ? await ChannelAsync(connection, externalId, cancellation)
            : await RepositoryAsync(connection, externalId, cancellation);
    }

    private static KnownRepository WholeOf(Connection connection) => new("", connection.Account ?? "", null, false, null);

    private async Task<(DeliveryPlace?, string?)> RepositoryAsync(Connection connection, string? externalId, CancellationToken cancellation)
    {
        var repository = await db.Repositories.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .SingleOrDefaultAsync(r => r.ConnectionId == connection.Id && r.ExternalId == externalId, cancellation);
        if (repository is null) return (null, "The repository is not read, or not yet: the next sync finds new ones.");
        if (connection.SelectedRepositories is { } chosen && !chosen.Contains(repository.FullName, StringComparer.OrdinalIgnoreCase))
            return (null, "The repository is not among the chosen ones.");
        var known = new KnownRepository(
            repository.ExternalId, repository.FullName, repository.DefaultBranch, repository.IsArchived, repository.PushedAt,
            await db.Organizations.AnyAsync(o => o.Id == repository.OrganizationId && o.ExcludedPathPattern != "", cancellation)
                || await db.Services.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                    .AnyAsync(s => (s.RepositoryId == repository.Id && s.PathGlobs.Length > 0) || (s.SourceRepositoryId == repository.Id && s.SourcePaths.Length > 0), cancellation),
            repository.NodeId, repository.GoneAt is not null);
        return (new DeliveryPlace(known, repository.Id, repository.LinkedAt is not null), null);
    }

    private async Task<(DeliveryPlace?, string?)> ChannelAsync(Connection connection, string? externalId, CancellationToken cancellation)
    {
        if (externalId is null) return (new DeliveryPlace(WholeOf(connection), null, false), null);
        var channel = await db.ChatChannels.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .SingleOrDefaultAsync(c => c.ConnectionId == connection.Id && c.ExternalId == externalId, cancellation);
        if (channel is null) return (null, "The channel is not known yet: the next sync finds new ones.");
        var patterns = await ChannelPatterns.OfAsync(db, connection.OrganizationId, cancellation);
        if (patterns.Length == 0 || !PathGlobs.Of(patterns).Matches(channel.Name)) return (null, $"#{channel.Name} is not among the channels that are read.");
        return (new DeliveryPlace(new KnownRepository(externalId, channel.Name, null, channel.IsArchived, null), null, true), null);
    }
}
