using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Takes note of what a provider no longer has. A repository is only marked: its history happened; a release or tag that was deleted goes.</summary>
internal sealed class AbsenceWriter(VeelocityDb db, SetWriter writer, TimeProvider time)
{
    /// <summary>Answers how many rows that changed.</summary>
    public async Task<int> WriteAsync(Connection connection, IEnumerable<Absence> absences, CancellationToken cancellation)
    {
        var (changed, organizationId) = (0, connection.OrganizationId);
        foreach (var absence in absences)
        {
            changed += absence switch
            {
                RepositoryGoneFact gone => await MarkAsync(Repository.IdOf(organizationId, gone.RepositoryExternalId), cancellation),
                OnlyReleasesFact only => await DeleteOthersAsync(
                    RowsOf<Release>(organizationId, only.RepositoryExternalId, out var repository).Where(r => r.RepositoryId == repository && !only.ExternalIds.Contains(r.ExternalId)),
                    repository, cancellation),
                OnlyTagsFact only => await DeleteOthersAsync(
                    RowsOf<GitTag>(organizationId, only.RepositoryExternalId, out var repository).Where(t => t.RepositoryId == repository && !only.Names.Contains(t.Name)),
                    repository, cancellation),
                DefaultBranchFact branch => await MoveHeadAsync(Repository.IdOf(organizationId, branch.RepositoryExternalId), branch.HeadSha, cancellation),
                OnlyMessagesFact only => await MarkOthersAsync(ChatChannel.IdOf(organizationId, only.ChannelExternalId), only, cancellation),
                _ => await new WorkWriter(db, writer).WriteAsync(organizationId, connection.Id, absence, cancellation),
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

    private Task<int> MoveHeadAsync(Guid repositoryId, string headSha, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.Id == repositoryId && r.HeadSha != headSha)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.HeadSha, headSha).SetProperty(r => r.ChangedAt, now), cancellation);
    }

    private IQueryable<TRow> RowsOf<TRow>(Guid organizationId, string repositoryExternalId, out Guid repositoryId)
        where TRow : class
    {
        repositoryId = Repository.IdOf(organizationId, repositoryExternalId);
        return db.Set<TRow>().IgnoreQueryFilters([VeelocityDb.OrganizationFilter]);
    }

    private async Task<int> DeleteOthersAsync<TRow>(IQueryable<TRow> others, Guid repositoryId, CancellationToken cancellation)
    {
        var deleted = await others.ExecuteDeleteAsync(cancellation);
        if (deleted == 0) return 0;
        var now = time.GetUtcNow();
        await db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.Id == repositoryId)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ChangedAt, now), cancellation);
        return deleted;
    }

    // A message's own time is its key, so that text compares as time does.
    private async Task<int> MarkOthersAsync(Guid channelId, OnlyMessagesFact only, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var kept = only.Ts.ToArray();
        var marked = await db.Database.ExecuteSqlAsync($"""
            UPDATE chat_messages SET deleted_at = {now}
            WHERE channel_id = {channelId} AND deleted_at IS NULL AND thread_ts IS NOT DISTINCT FROM {only.ThreadTs}
              AND ts COLLATE "C" >= {only.FromTs} COLLATE "C" AND ts COLLATE "C" < {only.ToTs} COLLATE "C" AND NOT ts = ANY ({kept})
            """, cancellation);
        if (marked == 0) return 0;
        await db.ChatChannels.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(c => c.Id == channelId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ChangedAt, now), cancellation);
        return marked;
    }
}
