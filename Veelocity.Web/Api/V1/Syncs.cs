using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Paging;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Api.V1;

/// <summary>Syncs: request them, watch them, cancel them, look them up.</summary>
internal static class Syncs
{
    public static void MapSyncs(this RouteGroupBuilder v1)
    {
        var sync = v1.MapOrganizationGroup("/sync").WithTags("Sync");
        sync.MapPost("/trigger", TriggerAsync).Requires(Permission.TriggerSync)
            .WithSummary("Request a sync of every connector, or of one; answers the open sync logs")
            .WithDescription("Joins a sync that is open already. A full one reads everything again and queues behind an incremental one. Empty when nothing is connected.")
            .MayAnswer(409, Connectors.NotConnectedCode, "The named connector is not connected.")
            .WithExample(SyncExamples.Queued, SyncExamples.Trigger);
        sync.MapGet("/status", StatusAsync)
            .WithSummary("The latest sync of each connector, and how fresh its data is")
            .WithExample(SyncExamples.Standing);
        sync.MapGet("/logs", ListAsync).Requires(Permission.SeeSyncLogs)
            .WithSummary("Sync logs, newest first")
            .WithDescription("status is one of queued, running, parked, done, rate_limited, unauthorized, unreachable, cancelled, failed; trigger one of first_connect, schedule, manual, command.")
            .WithExample(SyncExamples.List);
        sync.MapGet("/logs/{id:guid}", GetAsync).Requires(Permission.SeeSyncLogs)
            .WithSummary("One sync log with its progress: phase, done of total, rate and time left")
            .WithExample(SyncExamples.Running);
        sync.MapPost("/logs/{id:guid}/cancel", CancelAsync).Requires(Permission.TriggerSync)
            .WithSummary("Stop a sync; what it has stored stays")
            .MayAnswer(409, "sync_ended", "This sync has ended already.")
            .WithExample(SyncExamples.Running);
    }

    private static async Task<Accepted<IReadOnlyList<SyncAnswer>>> TriggerAsync(
        TriggerBody? body, VeelocityDb db, ConnectorCatalog catalog, SyncRequests requests, CurrentOrganization organization,
        CancellationToken cancellation)
    {
        var kind = body?.Connector is { } named ? ConnectorKindAttribute.Spelled(named) : null;
        if (kind is not null && catalog.Find(kind) is null)
            throw new Refused($"There is no connector '{kind}'.", "unknown_connector") { Field = nameof(TriggerBody.Connector) };
        var only = kind is null ? null : catalog.Find(kind)!.Info;
        if (only is not null && !await db.Connections.AnyAsync(c => c.Kind == only.CredentialsOf && c.ProtectedSecret != null, cancellation))
            throw Connectors.NotConnected(only);
        var connections = await db.Connections.AsNoTracking().Select(c => c.Id).ToListAsync(cancellation);
        var runs = new List<SyncRun>();
        foreach (var connection in connections)
        {
            runs.AddRange(await requests.RequestAsync(
                organization.Id, connection, SyncTrigger.Manual, body?.Full ?? false, cancellation, kind));
        }
        return TypedResults.Accepted((string?)null, (IReadOnlyList<SyncAnswer>)[.. runs.Select(run => SyncAnswer.Of(run))]);
    }

    private static async Task<IReadOnlyList<SyncAnswer>> StatusAsync(
        [AsParameters] SyncQuery query, VeelocityDb db, ConnectorCatalog catalog, Freshness.Reader reader, CurrentOrganization organization,
        TimeProvider clock, CancellationToken cancellation)
    {
        var freshness = await reader.ReadAsync(organization.Id, cancellation);
        var answers = new List<SyncAnswer>();
        foreach (var connector in catalog.All.Select(c => c.Info.Kind).Where(kind => query.Filter.Connector is null || query.Filter.Connector == kind))
        {
            var latest = await new SyncLogFilter(connector).Of(db.SyncRuns.AsNoTracking()).FirstOrDefaultAsync(cancellation);
            if (latest is null || !await query.Filter.Of(db.SyncRuns).AnyAsync(run => run.Id == latest.Id, cancellation)) continue;
            var part = freshness?.Parts.FirstOrDefault(p => p.Connector == connector);
            answers.Add(SyncAnswer.Of(latest, clock.GetUtcNow()) with { DataAsOf = part?.AsOf, IsStale = part?.IsStale });
        }
        return answers;
    }

    private static async Task<Page<SyncAnswer>> ListAsync(
        [AsParameters] SyncQuery query, VeelocityDb db, [AsParameters] Paging paging, TimeProvider clock, CancellationToken cancellation)
    {
        var page = await paging.ReadAsync(query.Filter.Of(db.SyncRuns.AsNoTracking()), cancellation);
        var now = clock.GetUtcNow();
        return new Page<SyncAnswer>([.. page.Items.Select(run => SyncAnswer.Of(run, now))], page.Number, page.PerPage, page.Total);
    }

    private static async Task<Results<Ok<SyncAnswer>, NotFound>> GetAsync(Guid id, VeelocityDb db, TimeProvider clock, CancellationToken cancellation) =>
        await FindAsync(db, id, cancellation) is { } run ? TypedResults.Ok(SyncAnswer.Of(run, clock.GetUtcNow())) : TypedResults.NotFound();

    private static async Task<Results<Accepted<SyncAnswer>, NotFound>> CancelAsync(
        Guid id, VeelocityDb db, SyncRequests requests, CurrentOrganization organization, TimeProvider clock, CancellationToken cancellation)
    {
        if (await FindAsync(db, id, cancellation) is not { } run) return TypedResults.NotFound();
        if (!run.IsOpen) throw new Refused("This sync has ended already.", "sync_ended");
        await requests.CancelAsync(organization.Id, id, cancellation);
        return TypedResults.Accepted((string?)null, SyncAnswer.Of((await FindAsync(db, id, cancellation))!, clock.GetUtcNow()));
    }

    private static Task<SyncRun?> FindAsync(VeelocityDb db, Guid id, CancellationToken cancellation) =>
        db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation);
}
