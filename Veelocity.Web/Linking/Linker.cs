using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Builds;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Linking.People;

namespace Veelocity.Web.Linking;

/// <summary>What a linking changed.</summary>
public sealed record LinkResult(int Repositories, int ChangedRows);

/// <summary>
/// Derives what metrics read from what providers told: people, review times, deployments and the changes they brought. Everything is
/// derived anew and only differences are written, so that a repeat changes nothing and late facts move what they must. Each
/// repository is one transaction.
/// </summary>
public sealed class Linker(DatabaseDoor database, TimeProvider clock)
{
    /// <param name="repositoryIds">Those to link; null for all of the organization.</param>
    public async Task<LinkResult> LinkAsync(
        Guid organizationId, IReadOnlyCollection<Guid>? repositoryIds, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(organizationId, cancellation);
        await using var db = Open(connection, organizationId);
        var statistics = new TableStatistics(database);
        await statistics.RefreshAsync(cancellation);
        var changed = await new PeopleLinking(db, connection).LinkAsync(organizationId, repositoryIds, cancellation);
        var deployedBy = await db.Services.Where(s => s.SourceRepositoryId != null)
            .Select(s => new { s.RepositoryId, DeployerId = s.SourceRepositoryId!.Value }).ToListAsync(cancellation);
        // What another repository deploys has news when that has.
        var all = repositoryIds?.Concat(deployedBy.Where(d => repositoryIds.Contains(d.DeployerId)).Select(d => d.RepositoryId)).ToHashSet();
        var repositories = await db.Repositories.AsNoTracking()
            .Where(r => all == null || all.Contains(r.Id))
            .OrderBy(r => r.FullName)
            .ToListAsync(cancellation);
        foreach (var repository in repositories) changed += await LinkAsync(connection, repository, cancellation);
        changed += await LinkDeployersAsync(db, connection, repositories, deployedBy.ToLookup(d => d.RepositoryId, d => d.DeployerId), cancellation);
        await statistics.RefreshAsync(cancellation);
        changed += await LinkIncidentsAsync(db, organizationId, repositoryIds, cancellation);
        return new(repositories.Count, changed);
    }

    /// <summary>Finds anew which release brought which incident, after one was entered, changed or linked by hand.</summary>
    public async Task LinkIncidentsAsync(Guid organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(organizationId, cancellation);
        await using var db = Open(connection, organizationId);
        await new IncidentMerging(db).ApplyAsync(organizationId, clock.GetUtcNow(), cancellation);
        await LinkIncidentsAsync(db, organizationId, null, cancellation);
    }

    private async Task<int> LinkIncidentsAsync(
        VeelocityDb db, Guid organizationId, IReadOnlyCollection<Guid>? repositoryIds, CancellationToken cancellation)
    {
        var decided = await new DecidedRows(db).WriteIncidentsAsync(organizationId, cancellation);
        var links = decided + await new IncidentLinks(db).FindAsync(organizationId, clock.GetUtcNow(), cancellation);
        // An incident may have moved to a release of a repository that has nothing new itself.
        return links + await new ChangeFailures(db).FindAsync(organizationId, links > 0 ? null : repositoryIds, cancellation);
    }

    private async Task<int> LinkAsync(NpgsqlConnection connection, Repository repository, CancellationToken cancellation)
    {
        await using var db = Open(connection, repository.OrganizationId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('linking ' || {repository.Id}::text, 0))", cancellation);

        var services = await db.Services.Where(s => s.RepositoryId == repository.Id).OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancellation);
        var facts = await new FactReader(db).ReadAsync(repository, [.. services.Select(s => s.ReadFrom)], cancellation);
        if (services.Count == 0) services.Add(Add(db, repository, facts.Name));
        // Of a repository that is no longer chosen the facts are kept, and nothing is made of them.
        List<Service> derived = repository.LeftAt is null ? services : [];
        var links = new RepositoryLinks(facts);
        links.Detect(derived, clock.GetUtcNow());
        links.Derive(derived);
        var findings = links.Findings(derived, clock.GetUtcNow());

        var writer = new LinkWriter(db, connection);
        var changed = await db.SaveChangesAsync(cancellation)
            + await writer.WriteAsync(links.PullRequests(derived), cancellation)
            + await writer.WriteAsync(repository.Id, links.Deployments, links.Changes, links.Elsewhere, links.Reverts, cancellation)
            + await writer.WriteAsync(repository.Id, findings, cancellation)
            + await new DecidedRows(db).WriteDeploymentsAsync(repository, cancellation)
            + await new BuildLinks(db).WriteAsync(repository, cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }

    // A repository that deploys others counts none of those deployments as its own, so it is linked after them.
    private async Task<int> LinkDeployersAsync(
        VeelocityDb db, NpgsqlConnection connection, List<Repository> linked, ILookup<Guid, Guid> before, CancellationToken cancellation)
    {
        var ids = linked.Select(r => r.Id).ToHashSet();
        var now = await db.Services.Where(s => s.SourceRepositoryId != null && ids.Contains(s.RepositoryId))
            .Select(s => s.SourceRepositoryId!.Value).ToListAsync(cancellation);
        Guid[] deployers = [.. now.Concat(ids.SelectMany(id => before[id])).Distinct()];
        if (deployers.Length == 0) return 0;
        var changed = 0;
        foreach (var repository in await db.Repositories.AsNoTracking().Where(r => deployers.Contains(r.Id)).OrderBy(r => r.FullName).ToListAsync(cancellation))
            changed += await LinkAsync(connection, repository, cancellation);
        return changed;
    }

    private static Service Add(VeelocityDb db, Repository repository, string name)
    {
        var service = new Service
        {
            Id = Service.IdOf(repository.Id),
            OrganizationId = repository.OrganizationId,
            RepositoryId = repository.Id,
            Name = name,
        };
        db.Services.Add(service);
        return service;
    }

    private static VeelocityDb Open(NpgsqlConnection connection, Guid organizationId)
    {
        var db = DataModule.Open(connection);
        db.OrganizationId = organizationId;
        return db;
    }
}
