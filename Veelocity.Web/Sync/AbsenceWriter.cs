using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Takes note of what a provider no longer has. A repository is only marked: its history happened; a release that was deleted goes.</summary>
internal sealed class AbsenceWriter(VeelocityDb db, TimeProvider time)
{
    /// <summary>Answers how many rows that changed.</summary>
    public async Task<int> WriteAsync(Guid organizationId, IEnumerable<Absence> absences, CancellationToken cancellation)
    {
        var changed = 0;
        foreach (var absence in absences)
        {
            changed += absence switch
            {
                RepositoryGoneFact gone => await MarkAsync(Repository.IdOf(organizationId, gone.RepositoryExternalId), cancellation),
                OnlyReleasesFact only => await DeleteOthersAsync(Repository.IdOf(organizationId, only.RepositoryExternalId), only.ExternalIds, cancellation),
                _ => throw new ArgumentException($"Nothing is known to do with a {absence.GetType().Name}.", nameof(absences)),
            };
        }
        return changed;
    }

    private Task<int> MarkAsync(Guid repositoryId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.Id == repositoryId && r.GoneAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.GoneAt, now), cancellation);
    }

    private async Task<int> DeleteOthersAsync(Guid repositoryId, IReadOnlyCollection<string> kept, CancellationToken cancellation)
    {
        var deleted = await db.Releases.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.RepositoryId == repositoryId && !kept.Contains(r.ExternalId))
            .ExecuteDeleteAsync(cancellation);
        if (deleted == 0) return 0;
        var now = time.GetUtcNow();
        await db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.Id == repositoryId)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ChangedAt, now), cancellation);
        return deleted;
    }
}
