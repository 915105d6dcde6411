using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Dashboard;

/// <summary>What needs a look, worst first: a refused token, a failed sync, failed deployments, changes that take long or wait, numbers that are estimates.</summary>
internal sealed class Attention(
    VeelocityDb db, CurrentOrganization organization, DeploymentFrequency frequency, WaitingChanges waiting, ChangesAtRisk risk, TeamScopes scopes,
    ConnectorCatalog connectors, HybridCache cache, TimeProvider clock)
{
    /// <param name="Tone">bad, caution or muted; the icon and the words say it too.</param>
    public sealed record Note(string Tone, string Icon, string Words, string? LinkText, string? Href);

    public async Task<IReadOnlyList<Note>> ReadAsync(PageFilter chosen, CancellationToken cancellation) =>
    [
        .. await ConnectionProblemsAsync(cancellation),
        .. await FailedDeploymentsAsync(chosen, cancellation),
        .. await StandingAsync(chosen, cancellation),
    ];

    /// <summary>What is wrong with the connections: tokens that are refused first, then how each connector's last sync ended.</summary>
    private async Task<IEnumerable<Note>> ConnectionProblemsAsync(CancellationToken cancellation)
    {
        var (kinds, owners) = (connectors.All.Select(c => c.Info.Kind).ToArray(), connectors.All.Select(c => c.Info.CredentialsOf).ToArray());
        var found = await db.Database.SqlQuery<ConnectorRow>($"""
            SELECT known.connector, c.kind, c.protected_secret IS NOT NULL AND c.refused_at IS NOT NULL AS is_refused, c.refused_reason,
                COALESCE(ended.outcome IN ('failed', 'unreachable'), FALSE) AS is_unfinished, ended.error,
                COALESCE(jsonb_array_length(ended.problems), 0) AS left_out, ended.problems -> 0 ->> 'scope' AS left_out_first
            FROM connections c
            JOIN unnest({kinds}, {owners}) WITH ORDINALITY AS known(connector, kind, place) ON known.kind = c.kind
            LEFT JOIN LATERAL (
                SELECT r.outcome, r.error, r.problems FROM sync_runs r
                WHERE r.connection_id = c.id AND r.connector = known.connector AND r.finished_at IS NOT NULL
                ORDER BY r.requested_at DESC LIMIT 1) ended ON TRUE
            WHERE c.organization_id = {organization.Id}
            ORDER BY known.place
            """).ToListAsync(cancellation);
        var refused = found.Where(row => row.IsRefused).DistinctBy(row => row.Kind)
            .Select(row => new Note("bad", "plug", $"{NameOf(row.Kind)} refuses the token, so nothing new arrives. {row.RefusedReason}", "Connect again", Settings));
        var unfinished = found.Where(row => row.IsUnfinished)
            .Select(row => new Note("bad", "alert-circle", $"The last sync of {NameOf(row.Connector)} did not finish. {row.Error}", "See the sync history", $"{Settings}/sync-history"));
        var leftOut = found.Sum(row => row.LeftOut);
        return [.. refused, .. unfinished, .. leftOut == 0 ? Array.Empty<Note>() : [new Note("caution", "alert-triangle",
            $"The last sync had to leave out {Numbers.Count(leftOut, "part")}, such as {found.Find(row => row.LeftOut > 0)!.LeftOutFirst}.", "See why", $"{Settings}/sync-history")]];
    }

    private async Task<IEnumerable<Note>> FailedDeploymentsAsync(PageFilter chosen, CancellationToken cancellation)
    {
        var answer = await frequency.AskAsync(chosen.Period, chosen.Filter, cancellation);
        return answer.Failed == 0 ? [] : [new Note("caution", "rocket",
            $"{Numbers.Count(answer.Failed, "production deployment")} failed in this period; not counted in the frequency.",
            "See deployments", chosen.Address("/dora/deployments", ("show", "all")))];
    }

    /// <summary>What only new data changes is looked up once for each version of it and hour: what is usual comes from ninety days of changes.</summary>
    private async Task<IEnumerable<Note>> StandingAsync(PageFilter chosen, CancellationToken cancellation)
    {
        var standing = await cache.GetOrCreateAsync(
            $"attention {organization.Id} {organization.DataVersion} {chosen.Filter.RepositoryId} {chosen.Filter.TeamId} {clock.GetUtcNow():yyyyMMddHH}",
            async stop => await LookAsync(chosen.Filter, stop), cancellationToken: cancellation);
        return new[] { OfRisk(chosen, standing), OfWaiting(chosen, standing), OfEstimates(standing), OfSilence(standing) }.OfType<Note>();
    }

    private async Task<Standing> LookAsync(Filter filter, CancellationToken cancellation)
    {
        var late = await risk.SumUpAsync(filter, cancellation);
        var waits = await waiting.AskAsync(filter, cancellation);
        var ofTeam = filter.TeamId is { } team ? (await scopes.OfAsync(organization.Id, team, cancellation)).ServiceIds.ToArray() : null;
        var services = db.Services.Where(s => ofTeam == null || ofTeam.Contains(s.Id))
            .Where(s => filter.RepositoryId == null || s.RepositoryId == filter.RepositoryId)
            .Where(s => db.Repositories.Any(r => r.Id == s.RepositoryId && r.LeftAt == null));
        return new Standing(
            late.Longest is null ? 0 : late.Count, late.Longest?.Stage ?? default, late.Longest?.Seconds ?? 0, waits.Count, waits.OldestMergedAt,
            await services.CountAsync(s => s.Source == DeploymentSource.MergedPullRequests && s.ChosenAt == null, cancellation),
            await services.CountAsync(s => !db.Deployments.Any(d => d.ServiceId == s.Id && d.IsProduction), cancellation));
    }

    private static Note? OfRisk(PageFilter chosen, Standing standing)
    {
        if (standing.Late == 0) return null;
        var where = StageWords.Waits(standing.LongestIn);
        return new Note("caution", "hourglass",
            $"{Numbers.Count(standing.Late, "pull request")} {(standing.Late == 1 ? "is" : "are")} longer in one stage than usual; the longest: {char.ToLowerInvariant(where[0])}{where[1..]} for {Durations.Short(standing.LongestSeconds)}.",
            "See what is at risk", chosen.Address("/at-risk"));
    }

    private Note? OfWaiting(PageFilter chosen, Standing standing)
    {
        if (standing.OldestMergedAt is not { } oldest) return null;
        var (verb, rest) = standing.Waiting == 1 ? ("waits", "merged") : ("wait", "the oldest merged");
        return new Note("muted", "hourglass",
            $"{Numbers.Count(standing.Waiting, "merged pull request")} {verb} for production, {rest} {Dates.Age(oldest, clock.GetUtcNow())}.",
            "See what is waiting", chosen.Address("/dora/changes", ("show", "waiting")));
    }

    private Note? OfEstimates(Standing standing) => standing.Estimated == 0 ? null : new Note("muted", "info-circle",
        $"{Numbers.Count(standing.Estimated, "service")} without a known deployment source: merges are taken for deployments, an estimate.", "See services", $"{Settings}/services");

    private Note? OfSilence(Standing standing) => standing.Silent == 0 ? null : new Note("muted", "info-circle",
        $"{Numbers.Count(standing.Silent, "service")} without any production deployment so far.", "See services", $"{Settings}/services");

    /// <summary>A connector of a connection, and how its last sync ended.</summary>
    /// <param name="LeftOut">Parts that it had to leave out; then the first of them.</param>
    private sealed record ConnectorRow(
        string Connector, string Kind, bool IsRefused, string? RefusedReason, bool IsUnfinished, string? Error, int LeftOut, string? LeftOutFirst);

    /// <summary>As it is kept.</summary>
    /// <param name="Late">Pull requests at risk; then where the longest is, and for how long.</param>
    /// <param name="Waiting">Merged and not in production; then since when the oldest.</param>
    /// <param name="Estimated">Services without a known source.</param>
    /// <param name="Silent">Services without a deployment.</param>
    private sealed record Standing(
        long Late, ChangeStage LongestIn, double LongestSeconds, long Waiting, DateTimeOffset? OldestMergedAt, int Estimated, int Silent);

    private string NameOf(string connector) => connectors.Find(connector)?.Info.Name ?? connector;

    private string Settings => $"/o/{organization.Slug}/settings";
}
