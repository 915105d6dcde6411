using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Dashboard;

/// <summary>What needs a look, worst first: a refused token, a failed sync, failed deployments, changes that take long or wait, numbers that are estimates.</summary>
internal sealed class Attention(
    VeelocityDb db, CurrentOrganization organization, DeploymentFrequency frequency, WaitingChanges waiting, ChangesAtRisk risk, HybridCache cache, TimeProvider clock)
{
    /// <param name="Tone">bad, caution or muted; the icon and the words say it too.</param>
    public sealed record Note(string Tone, string Icon, string Words, string? LinkText, string? Href);

    public async Task<IReadOnlyList<Note>> ReadAsync(PageFilter chosen, CancellationToken cancellation) =>
    [
        .. await RefusedTokensAsync(cancellation),
        .. await SyncProblemsAsync(cancellation),
        .. await FailedDeploymentsAsync(chosen, cancellation),
        .. await AtRiskAsync(chosen, cancellation),
        .. await WaitingAsync(chosen, cancellation),
        .. await WeakSourcesAsync(chosen, cancellation),
    ];

    private async Task<IEnumerable<Note>> RefusedTokensAsync(CancellationToken cancellation)
    {
        var refused = await db.Connections.Where(c => c.RefusedAt != null && c.ProtectedSecret != null).Select(c => c.RefusedReason).ToListAsync(cancellation);
        return refused.Select(reason => new Note("bad", "plug", $"GitHub refuses the token, so nothing new arrives. {reason}", "Connect again", Settings));
    }

    private async Task<IEnumerable<Note>> SyncProblemsAsync(CancellationToken cancellation)
    {
        var runs = await db.SyncRuns.AsNoTracking().Where(r => r.FinishedAt != null)
            .Where(r => !db.SyncRuns.Any(later => later.Connector == r.Connector && later.FinishedAt > r.FinishedAt))
            .ToListAsync(cancellation);
        var failed = runs.Where(r => r.Outcome is SyncOutcome.Failed or SyncOutcome.Unreachable)
            .Select(r => new Note("bad", "alert-circle", $"The last sync did not finish. {r.Error}", "See the sync history", $"{Settings}/sync-history"));
        var left = runs.Sum(r => r.Problems.Count);
        return left == 0 ? failed : failed.Append(new Note("caution", "alert-triangle",
            $"The last sync had to leave out {Numbers.Count(left, "part")}, such as {runs.First(r => r.Problems.Count > 0).Problems[0].Scope}.", "See why", $"{Settings}/sync-history"));
    }

    private async Task<IEnumerable<Note>> FailedDeploymentsAsync(PageFilter chosen, CancellationToken cancellation)
    {
        var answer = await frequency.AskAsync(chosen.Period, chosen.Filter, cancellation);
        return answer.Failed == 0 ? [] : [new Note("caution", "rocket",
            $"{Numbers.Count(answer.Failed, "production deployment")} failed in this period; not counted in the frequency.",
            "See deployments", chosen.Address("/dora/deployments", ("show", "all")))];
    }

    private async Task<IEnumerable<Note>> AtRiskAsync(PageFilter chosen, CancellationToken cancellation)
    {
        // What is usual comes from ninety days of changes: asked once for each version of the data and hour.
        var longest = await cache.GetOrCreateAsync(
            $"at risk {organization.Id} {organization.DataVersion} {chosen.Filter.RepositoryId} {clock.GetUtcNow():yyyyMMddHH}",
            async stop => LongestOf(await risk.SumUpAsync(chosen.Filter, stop)), cancellationToken: cancellation);
        if (longest.Count == 0) return [];
        var where = StageWords.Waits(longest.Stage);
        return [new Note("caution", "hourglass",
            $"{Numbers.Count(longest.Count, "pull request")} {(longest.Count == 1 ? "is" : "are")} longer in one stage than usual; the longest: {char.ToLowerInvariant(where[0])}{where[1..]} for {Durations.Short(longest.Seconds)}.",
            "See what is at risk", chosen.Address("/at-risk"))];
    }

    private static AtRisk LongestOf(ChangesAtRisk.Answer answer) =>
        answer.Longest is { } longest ? new(answer.Count, longest.Stage, longest.Seconds) : new(0, default, 0);

    /// <summary>As it is kept: how many, and the stage and the time of the longest.</summary>
    private sealed record AtRisk(long Count, ChangeStage Stage, double Seconds);

    private async Task<IEnumerable<Note>> WaitingAsync(PageFilter chosen, CancellationToken cancellation)
    {
        var answer = await waiting.AskAsync(chosen.Filter, cancellation);
        if (answer.OldestMergedAt is not { } oldest) return [];
        var (verb, rest) = answer.Count == 1 ? ("waits", "merged") : ("wait", "the oldest merged");
        return [new Note("muted", "hourglass",
            $"{Numbers.Count(answer.Count, "merged pull request")} {verb} for production, {rest} {Dates.Age(oldest, clock.GetUtcNow())}.",
            "See what is waiting", chosen.Address("/dora/changes", ("show", "waiting")))];
    }

    private async Task<IEnumerable<Note>> WeakSourcesAsync(PageFilter chosen, CancellationToken cancellation)
    {
        var services = db.Services.Where(s => chosen.Filter.RepositoryId == null || s.RepositoryId == chosen.Filter.RepositoryId)
            .Where(s => db.Repositories.Any(r => r.Id == s.RepositoryId && r.LeftAt == null));
        var estimated = await services.CountAsync(s => s.Source == DeploymentSource.MergedPullRequests && s.ChosenAt == null, cancellation);
        var silent = await services.CountAsync(s => !db.Deployments.Any(d => d.ServiceId == s.Id && d.IsProduction), cancellation);
        return new[]
        {
            estimated == 0 ? null : new Note("muted", "info-circle",
                $"{Numbers.Count(estimated, "service")} without a known deployment source: merges are taken for deployments, an estimate.", "See services", $"{Settings}/services"),
            silent == 0 ? null : new Note("muted", "info-circle",
                $"{Numbers.Count(silent, "service")} without any production deployment so far.", "See services", $"{Settings}/services"),
        }.OfType<Note>();
    }

    private string Settings => $"/o/{organization.Slug}/settings";
}
