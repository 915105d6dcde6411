using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Rules;

/// <summary>
/// Links again what a changed rule touches. One repository is done at once; all of an organization in the background, one after the other. What is
/// still to do stands in the table (changed after it was linked), so nothing is lost with the process: the next sync takes it up.
/// </summary>
public sealed partial class Relinking(DatabaseDoor database, Linker linker, TimeProvider clock, ILogger<Relinking> logger) : BackgroundService
{
    private readonly Channel<Guid> _organizations = Channel.CreateUnbounded<Guid>();

    /// <summary>Links one repository now, and tells caches that numbers may differ.</summary>
    public async Task LinkNowAsync(Guid organizationId, Guid repositoryId, CancellationToken cancellation)
    {
        var startedAt = clock.GetUtcNow();
        await linker.LinkAsync(organizationId, [repositoryId], cancellation);
        await using var connection = await database.OpenAsync(organizationId, cancellation);
        await using var db = DataModule.Open(connection);
        db.OrganizationId = organizationId;
        await db.Repositories.Where(r => r.Id == repositoryId).ExecuteUpdateAsync(set => set.SetProperty(r => r.LinkedAt, startedAt), cancellation);
        await db.Organizations.Where(o => o.Id == organizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.DataVersion, o => o.DataVersion + 1), cancellation);
    }

    /// <summary>Marks the organization's repositories as changed and links them soon.</summary>
    public async Task LinkSoonAsync(VeelocityDb db, Guid organizationId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(r => r.OrganizationId == organizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ChangedAt, now), cancellation);
        _organizations.Writer.TryWrite(organizationId);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var organization in _organizations.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                while (await NextAsync(organization, stoppingToken) is { } repository) await LinkNowAsync(organization, repository, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure, organization);
            }
        }
    }

    private async Task<Guid?> NextAsync(Guid organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(organizationId, cancellation);
        await using var db = DataModule.Open(connection);
        db.OrganizationId = organizationId;
        return await db.Repositories.Where(r => r.ChangedAt != null && (r.LinkedAt == null || r.ChangedAt > r.LinkedAt))
            .OrderBy(r => r.FullName).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Linking organization {OrganizationId} again failed; the next sync takes it up")]
    private partial void LogFailed(Exception failure, Guid organizationId);
}
