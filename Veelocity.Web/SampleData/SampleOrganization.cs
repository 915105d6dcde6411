using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Sync;

namespace Veelocity.Web.SampleData;

/// <summary>
/// Founds an organization that is full of made-up data, to look around in before anything is connected. Its facts go through the same writer and the
/// same linking as a provider's, so every number of it is explained like any other. Nothing can be connected to it.
/// </summary>
public sealed class SampleOrganization(
    VeelocityDb db, OrganizationFounding founding, ConnectionSecrets secrets, BatchStore store, AfterSync after, TimeProvider clock)
{
    public const string Name = "Sample organization";

    private const int BatchSize = 2_000;

    /// <summary>Answers the address of the caller's sample organization, which is made when there is none yet.</summary>
    public async Task<string> FoundAsync(Guid userId, string timeZone, CancellationToken cancellation)
    {
        if (await FindAsync(userId, cancellation) is { } known) return known;
        var founded = await founding.FoundAsync(userId, Name, timeZone, isSample: true, cancellation);
        db.ChangeTracker.Clear();
        db.OrganizationId = founded.Id;
        // Whoever closes the page meanwhile finds it whole.
        await TellAsync(founded.Id, userId, CancellationToken.None);
        return founded.Slug;
    }

    private async Task<string?> FindAsync(Guid userId, CancellationToken cancellation)
    {
        db.Scope = db.Scope with { UserId = userId };
        return await db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(m => m.UserId == userId && m.Organization.IsSample)
            .Select(m => m.Organization.Slug).FirstOrDefaultAsync(cancellation);
    }

    private async Task TellAsync(Guid organizationId, Guid userId, CancellationToken cancellation)
    {
        var calendar = new SampleCalendar(clock.GetUtcNow());
        var code = SampleCode.Tell(calendar);
        await StoreAsync(organizationId, "github", userId, [("github", code.Facts), ("github_actions", SampleBuilds.Tell(calendar, code.Changes).Facts)], cancellation);
        await StoreAsync(organizationId, "linear", userId, [("linear", SamplePlanning.Tell(calendar, code.Changes).Facts)], cancellation);
        await StoreAsync(organizationId, "slack", userId, [("slack", SampleChat.Tell(calendar, code).Facts)], cancellation);
        await after.LinkAsync(organizationId, cancellation);
    }

    private async Task StoreAsync(
        Guid organizationId, string kind, Guid userId, IReadOnlyList<(string Connector, List<Fact> Facts)> parts, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var connection = new Connection { OrganizationId = organizationId, Kind = kind };
        connection.Connect(secrets.Protect(connection.Id, "none"), null, "sample data", null, userId, now);
        connection.Disconnect(now);
        db.Add(connection);
        foreach (var (connector, facts) in parts)
        {
            // Ended from the beginning, so that no worker takes it up.
            var run = new SyncRun { OrganizationId = organizationId, ConnectionId = connection.Id, Connector = connector, Trigger = SyncTrigger.FirstConnect, IsFull = true, RequestedAt = now };
            run.Start(now);
            run.Finish(SyncOutcome.Done, null, now);
            db.Add(run);
            await db.SaveChangesAsync(cancellation);
            var done = 0;
            foreach (var batch in facts.Chunk(BatchSize))
            {
                done += batch.Length;
                await store.StoreAsync(run, connection, [new FactBatch(batch, null, Name, done, facts.Count, 0, 0)], cancellation);
            }
            run.Finish(SyncOutcome.Done, null, clock.GetUtcNow());
            await db.SaveChangesAsync(cancellation);
        }
    }
}
