using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Rules;

/// <summary>
/// What people change of services. Each change is stored under the repository's linking lock, so that no linking under way overwrites
/// it, and linked at once, so that the numbers follow. A service of another organization is not found.
/// </summary>
public sealed class ServiceChanges(VeelocityDb db, Relinking relinking, TimeProvider clock)
{
    private const int LongestName = 100;

    /// <summary>From now on the service is read from here and detection leaves it alone (M8). False when there is no such service.</summary>
    public Task<bool> ChooseAsync(Guid serviceId, ServiceSource source, Guid userId, CancellationToken cancellation) =>
        ChangeAsync(serviceId, async service =>
        {
            source = await new SourceCheck(db).CheckAsync(service, source, cancellation);
            var holder = (await db.Services.Where(s => s.RepositoryId == service.RepositoryId && s.Id != service.Id).ToListAsync(cancellation))
                .Find(s => s.ReadFrom.Overlaps(source));
            if (holder is not null)
                throw new Refused($"{holder.Name} is read from there already. The same deployment would be counted twice: choose another source for one of the two.", "source_taken");
            service.Choose(source, clock.GetUtcNow(), userId);
            Audit(service, $"Read from {string.Join(", ", ((string?[])[AuditDetail.Word(source.Source), source.Name, .. source.Also, source.Job, source.Branch, source.Workflow, await NameOfAsync(source.RepositoryId, cancellation), .. source.Paths]).Where(part => !string.IsNullOrEmpty(part)))}.");
        }, cancellation);

    /// <summary>Back to what detection finds.</summary>
    public Task<bool> ReturnToDetectionAsync(Guid serviceId, CancellationToken cancellation) =>
        ChangeAsync(serviceId, service =>
        {
            service.ReturnToDetection();
            Audit(service, "Finds its source by itself again.");
            return Task.CompletedTask;
        }, cancellation);

    public Task<bool> EditAsync(Guid serviceId, string? name, string[] globs, Guid userId, CancellationToken cancellation) =>
        ChangeAsync(serviceId, async service =>
        {
            var before = (service.Name, service.PathGlobs);
            service.Edit(await AllowedAsync(service.RepositoryId, service.Id, name, globs, cancellation), globs, userId, clock.GetUtcNow());
            if (AuditDetail.Of(("Name", before.Name, service.Name), ("Paths", before.PathGlobs, service.PathGlobs)) is { } changed) Audit(service, changed);
        }, cancellation);

    /// <summary>One more service of a repository, by paths; null when there is no such repository.</summary>
    public async Task<Guid?> AddAsync(Guid repositoryId, string? name, string[] globs, Guid userId, CancellationToken cancellation)
    {
        if (await db.Repositories.SingleOrDefaultAsync(r => r.Id == repositoryId, cancellation) is not { } repository) return null;
        var service = new Service { Id = Guid.CreateVersion7(), OrganizationId = repository.OrganizationId, RepositoryId = repositoryId, Name = "" };
        await LockedAsync(repository.OrganizationId, repositoryId, async () =>
        {
            if (globs.Length == 0) throw Wrong("Globs", "Say which paths it is made of; the repository as a whole is a service already.");
            service.Edit(await AllowedAsync(repositoryId, service.Id, name, globs, cancellation), globs, userId, clock.GetUtcNow());
            db.Services.Add(service);
            Audit(service, $"Added to {repository.FullName}, made of {AuditDetail.List(globs)}.");
        }, cancellation);
        return service.Id;
    }

    /// <summary>The service goes with its deployments; its pull requests stay. A repository keeps at least one.</summary>
    public Task<bool> RemoveAsync(Guid serviceId, CancellationToken cancellation) =>
        ChangeAsync(serviceId, async service =>
        {
            if (!await db.Services.AnyAsync(s => s.RepositoryId == service.RepositoryId && s.Id != service.Id, cancellation))
                throw new Refused("This is the repository's only service. Remove its paths instead to cover all of the repository.", "only_service");
            await db.DeployedChanges.Where(c => c.ServiceId == service.Id).ExecuteDeleteAsync(cancellation);
            await db.EnvironmentChanges.Where(c => c.ServiceId == service.Id).ExecuteDeleteAsync(cancellation);
            await db.Deployments.Where(d => d.ServiceId == service.Id).ExecuteDeleteAsync(cancellation);
            db.Services.Remove(service);
            Audit(service, "Removed.");
        }, cancellation);

    private void Audit(Service service, string detail) => db.Audit(service.OrganizationId, AuditAction.ServiceChanged, service.Name, detail, clock.GetUtcNow(), service.Id);

    private Task<string?> NameOfAsync(Guid? repositoryId, CancellationToken cancellation) =>
        db.Repositories.Where(r => r.Id == repositoryId).Select(r => r.FullName).SingleOrDefaultAsync(cancellation);

    private async Task<bool> ChangeAsync(Guid serviceId, Func<Service, Task> change, CancellationToken cancellation)
    {
        var place = await db.Services.Where(s => s.Id == serviceId).Select(s => new { s.OrganizationId, s.RepositoryId, s.SourceRepositoryId }).SingleOrDefaultAsync(cancellation);
        if (place is null) return false;
        await LockedAsync(
            place.OrganizationId, place.RepositoryId, async () => await change(await db.Services.SingleAsync(s => s.Id == serviceId, cancellation)), cancellation);
        // What another repository no longer deploys for this one may be its own again.
        if (place.SourceRepositoryId is { } before) await relinking.LinkNowAsync(place.OrganizationId, before, cancellation);
        return true;
    }

    private async Task LockedAsync(Guid organizationId, Guid repositoryId, Func<Task> change, CancellationToken cancellation)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('linking ' || {repositoryId}::text, 0))", cancellation);
            await change();
            await db.SaveChangesAsync(cancellation);
            // Should the linking below not happen, the next sync does it.
            var now = clock.GetUtcNow();
            await db.Repositories.Where(r => r.Id == repositoryId).ExecuteUpdateAsync(set => set.SetProperty(r => r.ChangedAt, now), cancellation);
            // Messages in incident channels may name the service.
            await db.ChatChannels.Where(c => c.ChangedAt != null).ExecuteUpdateAsync(set => set.SetProperty(c => c.ChangedAt, now), cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await relinking.LinkNowAsync(organizationId, repositoryId, cancellation);
    }

    private async Task<string> AllowedAsync(Guid repositoryId, Guid serviceId, string? name, string[] globs, CancellationToken cancellation)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name)) throw Wrong("Name", "Give the service a name.");
        if (name.Length > LongestName) throw Wrong("Name", $"A name can be {LongestName} characters long at most.");
        if (PathGlobs.ProblemOf(globs) is { } problem) throw Wrong("Globs", problem);
        if (await db.Services.AnyAsync(s => s.RepositoryId == repositoryId && s.Id != serviceId && EF.Functions.ILike(s.Name, Literal(name), "\\"), cancellation))
            throw Wrong("Name", "Another service of this repository has this name.");
        return name;
    }

    private static string Literal(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private static Refused Wrong(string field, string message) => new(message) { Field = field };
}
