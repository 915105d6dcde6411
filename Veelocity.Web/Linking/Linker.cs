using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Linking.Sources;

namespace Veelocity.Web.Linking;

/// <summary>What a linking changed.</summary>
public sealed record LinkResult(int Repositories, int ChangedRows);

/// <summary>
/// Derives what metrics read from what providers told: people, review times, deployments and the changes they brought. Everything is
/// derived anew and only differences are written, so that a repeat changes nothing and late facts move what they must. Each
/// repository is one transaction.
/// </summary>
public sealed class Linker(NpgsqlDataSource source, TimeProvider clock)
{
    /// <param name="repositoryIds">Those to link; null for all of the organization.</param>
    public async Task<LinkResult> LinkAsync(
        Guid organizationId, IReadOnlyCollection<Guid>? repositoryIds, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var db = Open(connection, organizationId);
        var statistics = new TableStatistics(db);
        await statistics.RefreshAsync(cancellation);
        var changed = await new LinkWriter(db, connection).AddPeopleAsync(organizationId, cancellation);
        var repositories = await db.Repositories.AsNoTracking()
            .Where(r => repositoryIds == null || repositoryIds.Contains(r.Id))
            .OrderBy(r => r.FullName)
            .ToListAsync(cancellation);
        foreach (var repository in repositories) changed += await LinkAsync(connection, repository, cancellation);
        await statistics.RefreshAsync(cancellation);
        changed += await LinkIncidentsAsync(db, organizationId, repositoryIds, cancellation);
        return new(repositories.Count, changed);
    }

    /// <summary>Finds anew which release brought which incident, after one was entered, changed or linked by hand.</summary>
    public async Task LinkIncidentsAsync(Guid organizationId, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var db = Open(connection, organizationId);
        await LinkIncidentsAsync(db, organizationId, null, cancellation);
    }

    private async Task<int> LinkIncidentsAsync(
        VeelocityDb db, Guid organizationId, IReadOnlyCollection<Guid>? repositoryIds, CancellationToken cancellation)
    {
        var links = await new IncidentLinks(db).FindAsync(organizationId, clock.GetUtcNow(), cancellation);
        // An incident may have moved to a release of a repository that has nothing new itself.
        return links + await new ChangeFailures(db).FindAsync(organizationId, links > 0 ? null : repositoryIds, cancellation);
    }

    private async Task<int> LinkAsync(NpgsqlConnection connection, Repository repository, CancellationToken cancellation)
    {
        await using var db = Open(connection, repository.OrganizationId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('linking ' || {repository.Id}::text, 0))", cancellation);

        var service = await db.Services.SingleOrDefaultAsync(s => s.Id == Service.IdOf(repository.Id), cancellation);
        var facts = await new FactReader(db).ReadAsync(repository, service?.SourceName, cancellation);
        var reviews = facts.PullRequests.ToDictionary(p => p.Id, ReviewTimes.Of);
        service = Detect(service ?? Add(db, repository, facts.Name), facts);
        var rows = DeploymentRows.Of(service, facts, reviews);
        var deployed = rows.Changes.Select(c => c.PullRequestId).ToHashSet();
        var pulls = facts.PullRequests.Select(p => (p, new PullRequestTimes(
            reviews[p.Id], p.IsBoundFor(facts.DefaultBranch) && !deployed.Contains(p.Id) ? p.MergedAt : null)));

        var writer = new LinkWriter(db, connection);
        var changed = await db.SaveChangesAsync(cancellation)
            + await writer.WriteAsync(pulls, cancellation)
            + await writer.WriteAsync(service, rows.Deployments, rows.Changes, cancellation);
        await transaction.CommitAsync(cancellation);
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

    private Service Detect(Service service, RepositoryFacts facts)
    {
        if (service.ChosenAt is not null) return service;
        var now = clock.GetUtcNow();
        (DeploymentSource, string?, string?)? current =
            service.DetectedAt == default ? null : (service.Source, service.SourceName, service.SourceBranch);
        if (SourceDetection.Detect(facts, current, now) is { } better)
            service.Detect(better.Source, better.Name, better.Branch, better.Evidence, now);
        return service;
    }

    private static VeelocityDb Open(NpgsqlConnection connection, Guid organizationId)
    {
        var db = DataModule.Open(connection);
        db.OrganizationId = organizationId;
        return db;
    }
}
