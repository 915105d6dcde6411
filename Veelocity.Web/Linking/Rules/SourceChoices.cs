using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Sources;

namespace Veelocity.Web.Linking.Rules;

/// <summary>
/// What each source that a repository shows would make of one service: its evidence and, by the very linking that would follow the
/// choice, its releases and lead times. Nothing is written.
/// </summary>
public sealed class SourceChoices(VeelocityDb db, TimeProvider clock)
{
    private const int OtherWorkflows = 5;

    // Of what only a person may choose the busiest few: an environment for each preview would bury the rest.
    private const int MostByHand = 8;

    /// <param name="TakenBy">The other service of the repository that is read from there; null when it is free.</param>
    /// <param name="Releases">When it released to production, of all time.</param>
    /// <param name="Leads">Deployed when, after how many seconds: the changes that count.</param>
    internal sealed record Choice(
        SourceCandidate Candidate, bool IsActive, string? TakenBy, IReadOnlyList<DateTimeOffset> Releases, IReadOnlyList<(DateTimeOffset DeployedAt, double Seconds)> Leads)
    {
        public int ReleasesIn(DateTimeOffset from, DateTimeOffset to) => Releases.Count(at => at >= from && at < to);

        /// <summary>How many changes there are in a period, and the median of their lead times as percentile_cont does it (M2).</summary>
        public (int Count, double? Median) LeadsIn(DateTimeOffset from, DateTimeOffset to)
        {
            double[] ordered = [.. Leads.Where(l => l.DeployedAt >= from && l.DeployedAt < to).Select(l => l.Seconds).Order()];
            return (ordered.Length, ordered.Length == 0 ? null : (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2);
        }
    }

    /// <param name="PullRequests">Merged into the default branch in the last 90 days, and how many of them are the service's.</param>
    internal sealed record Answer(IReadOnlyList<Choice> Choices, (int All, int Own, int Unread) PullRequests);

    /// <summary>Best first.</summary>
    /// <param name="globs">Paths to try instead of the service's own; null for those.</param>
    internal async Task<Answer> AskAsync(Service service, Repository repository, string[]? globs, CancellationToken cancellation)
    {
        var services = await db.Services.AsNoTracking().Where(s => s.RepositoryId == repository.Id && s.Id != service.Id).ToListAsync(cancellation);
        var workflows = (await OtherWorkflowsAsync(repository, cancellation)).Select(path => new ServiceSource(DeploymentSource.Workflow, path, null));
        var facts = await new FactReader(db).ReadAsync(repository, [.. workflows, service.ReadFrom], cancellation);
        var links = new RepositoryLinks(facts);
        var tried = Trial(service, service.ReadFrom, globs);
        var candidates = links.Candidates(tried, clock.GetUtcNow());
        var byHand = candidates.Where(c => !c.IsAutomatic && c.Succeeded > 0).OrderByDescending(c => c.Succeeded).Take(MostByHand).ToHashSet();
        if (!candidates.Any(c => IsActive(c, tried)))
            candidates = [.. candidates, Sighting.Of(SourceReading.Derive(tried.ReadFrom, facts, ServiceScope.Of(facts, tried.PathGlobs)), clock.GetUtcNow())
                ?.As(tried.ReadFrom, SourceRank.NeverByItself, "", isAutomatic: false)
                ?? new SourceCandidate(tried.ReadFrom, SourceAge.Never, SourceRank.NeverByItself, 0, 0, null, "", IsAutomatic: false)];
        var choices = SourceCandidate.InOrder(candidates.Where(c => c.IsAutomatic || byHand.Contains(c) || IsActive(c, tried)))
            .Select(candidate => Choose(links, tried, candidate, services));
        return new([.. choices], Count(facts, ServiceScope.Of(facts, tried.PathGlobs)));
    }

    /// <summary>What a source that a member typed would give; it may be one that nothing proposes.</summary>
    internal async Task<Choice> TryAsync(Service service, Repository repository, ServiceSource typed, CancellationToken cancellation)
    {
        var source = await new SourceCheck(db).CheckAsync(service, typed, cancellation);
        var services = await db.Services.AsNoTracking().Where(s => s.RepositoryId == repository.Id && s.Id != service.Id).ToListAsync(cancellation);
        var facts = await new FactReader(db).ReadAsync(repository, [source, service.ReadFrom], cancellation);
        var scope = ServiceScope.Of(facts, service.PathGlobs);
        var candidate = Sighting.Of(SourceReading.Derive(source, facts, scope), clock.GetUtcNow())?.As(source, SourceRank.NeverByItself, "", isAutomatic: false)
            ?? new SourceCandidate(source, SourceAge.Never, SourceRank.NeverByItself, 0, 0, null, "", IsAutomatic: false);
        return Choose(new RepositoryLinks(facts), service, candidate, services);
    }

    private static Choice Choose(RepositoryLinks links, Service service, SourceCandidate candidate, List<Service> others)
    {
        var rows = links.RowsOf(Trial(service, candidate.Key, null));
        return new(
            candidate,
            IsActive(candidate, service),
            others.Find(s => s.ReadFrom.Overlaps(candidate.Key))?.Name,
            [.. rows.Deployments.Where(d => d is { IsProduction: true, IsRelease: true }).Select(d => d.FinishedAt)],
            [.. rows.Changes.Where(c => c.LeftOut is null).Select(c => (c.DeployedAt, c.LeadSeconds))]);
    }

    private static bool IsActive(SourceCandidate candidate, Service service) => candidate.Key == service.ReadFrom || candidate.IsSameAs(service.ReadFrom);

    private static Service Trial(Service service, ServiceSource source, string[]? globs)
    {
        var trial = new Service
        {
            Id = service.Id,
            OrganizationId = service.OrganizationId,
            RepositoryId = service.RepositoryId,
            Name = service.Name,
            PathGlobs = globs ?? service.PathGlobs,
        };
        trial.Choose(source, default);
        return trial;
    }

    private (int All, int Own, int Unread) Count(RepositoryFacts facts, ServiceScope scope)
    {
        var since = clock.GetUtcNow().AddDays(-90);
        var merged = facts.PullRequests.Where(p => p.MergedAt > since && p.BaseBranch == facts.DefaultBranch).ToList();
        return (merged.Count, merged.Count(scope.Holds), merged.Count(p => p.Paths is null));
    }

    // Linking reads only the runs of workflows that may deploy; a person may know better, so the busiest others are offered as well.
    private async Task<List<string>> OtherWorkflowsAsync(Repository repository, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().AddDays(-90);
        return await db.Database.SqlQuery<string>($"""
            SELECT w.path AS "Value"
            FROM workflows w
            JOIN workflow_runs r ON r.workflow_id = w.id
            WHERE w.organization_id = {repository.OrganizationId} AND w.repository_id = {repository.Id}
              AND r.completed_at >= {since} AND r.conclusion = 'success' AND r.event NOT IN ('pull_request', 'pull_request_target', 'merge_group')
            GROUP BY w.path
            ORDER BY count(*) DESC, w.path
            LIMIT {OtherWorkflows}
            """).ToListAsync(cancellation);
    }
}
