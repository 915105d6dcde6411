using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Api.V1;

/// <summary>Syncs: request them, watch them, look them up.</summary>
internal static class Syncs
{
    public static void MapSyncs(this RouteGroupBuilder v1)
    {
        var sync = v1.MapOrganizationGroup("/sync").WithTags("Sync");
        sync.MapPost("/trigger", TriggerAsync).Requires(Permission.TriggerSync)
            .WithSummary("Request a sync of every connector, or of one; answers the open sync logs");
        sync.MapGet("/status", StatusAsync).WithSummary("The latest sync of each connector");
        sync.MapGet("/logs", ListAsync).Requires(Permission.SeeSyncLogs).WithSummary("Sync logs, newest first");
        sync.MapGet("/logs/{id:guid}", GetAsync).Requires(Permission.SeeSyncLogs).WithSummary("One sync log with its progress");
    }

    private static async Task<Accepted<IReadOnlyList<SyncAnswer>>> TriggerAsync(
        TriggerBody? body, VeelocityDb db, SyncRequests requests, CurrentOrganization organization, CancellationToken cancellation)
    {
        var connections = await db.Connections.AsNoTracking().Select(c => c.Id).ToListAsync(cancellation);
        var runs = new List<SyncRun>();
        foreach (var connection in connections)
            runs.AddRange(await requests.RequestAsync(
                organization.Id, connection, SyncTrigger.Manual, body?.Full ?? false, cancellation, body?.Connector));
        return TypedResults.Accepted((string?)null, (IReadOnlyList<SyncAnswer>)[.. runs.Select(SyncAnswer.Of)]);
    }

    private static async Task<IReadOnlyList<SyncAnswer>> StatusAsync(VeelocityDb db, CancellationToken cancellation)
    {
        var latest = await db.SyncRuns.AsNoTracking()
            .GroupBy(r => r.Connector)
            .Select(runs => runs.OrderByDescending(r => r.RequestedAt).First())
            .ToListAsync(cancellation);
        return [.. latest.OrderBy(r => r.Connector, StringComparer.Ordinal).Select(SyncAnswer.Of)];
    }

    private static async Task<Page<SyncAnswer>> ListAsync(
        string? connector, SyncOutcome? status, VeelocityDb db, [AsParameters] Paging paging, CancellationToken cancellation)
    {
        var page = await paging.ReadAsync(
            db.SyncRuns.AsNoTracking()
                .Where(r => connector == null || r.Connector == connector)
                .Where(r => status == null || r.Outcome == status)
                .OrderByDescending(r => r.RequestedAt).ThenBy(r => r.Id),
            cancellation);
        return new Page<SyncAnswer>([.. page.Items.Select(SyncAnswer.Of)], page.Number, page.PerPage, page.Total);
    }

    private static async Task<Results<Ok<SyncAnswer>, NotFound>> GetAsync(Guid id, VeelocityDb db, CancellationToken cancellation) =>
        await db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation) is { } run
            ? TypedResults.Ok(SyncAnswer.Of(run))
            : TypedResults.NotFound();
}

/// <summary>What to sync: all connectors when none is named; everything again when full.</summary>
internal sealed record TriggerBody(string? Connector, bool Full);

/// <summary>A sync log. <see cref="Status"/> is queued, running, parked, or the outcome of a finished one.</summary>
internal sealed record SyncAnswer(
    Guid Id, string Connector, SyncTrigger Trigger, bool Full, string Status, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt, DateTimeOffset? ParkedUntil, string? Phase, long Done, long? Total, long ChangedRows,
    IReadOnlyDictionary<string, long> Items, int Requests, int Points, string? Error, IReadOnlyList<SyncProblem> Problems)
{
    public static SyncAnswer Of(SyncRun run) => new(
        run.Id, run.Connector, run.Trigger, run.IsFull, StatusOf(run), run.RequestedAt, run.StartedAt, run.FinishedAt, run.ParkedUntil,
        run.Phase, run.DoneItems, run.TotalItems, run.ChangedRows, run.Items, run.Requests, run.Points, run.Error, run.Problems);

    private static string StatusOf(SyncRun run) =>
        run.Outcome is { } outcome ? System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString())
        : run.ParkedUntil is not null ? "parked"
        : run.StartedAt is null ? "queued" : "running";
}
