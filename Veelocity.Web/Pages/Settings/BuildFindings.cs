using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Builds;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Pages.Settings;

/// <summary>What the rules find among the organization's workflows, as they are and as they are typed.</summary>
internal sealed class BuildFindings(VeelocityDb db, CurrentOrganization organization, TimeProvider clock)
{
    private const int Days = 90;

    /// <param name="Runs">In the last 90 days.</param>
    /// <param name="Now">By the saved rules.</param>
    /// <param name="Then">By the rules as typed.</param>
    /// <param name="ByRule">What the saved rules alone would say.</param>
    public sealed record Row(
        Guid Id, string Name, string Path, string Repository, long Runs, MobilePlatforms? Chosen, MobileFinding Now, MobileFinding Then, MobileFinding ByRule)
    {
        public bool IsChanged => Now.Platforms != Then.Platforms;
        public bool IsFound => Now.Platforms != MobilePlatforms.None || Then.Platforms != MobilePlatforms.None;
    }

    /// <param name="Problem">Why a typed pattern is refused; then nothing is compared.</param>
    public sealed record Answer(IReadOnlyList<Row> Rows, string? Problem)
    {
        public const int Shown = 40;

        /// <summary>What changes first, then what is found, most runs first.</summary>
        public IReadOnlyList<Row> Found => [.. Rows.Where(r => r.IsFound).OrderByDescending(r => r.IsChanged).ThenByDescending(r => r.Runs).ThenBy(r => r.Name, StringComparer.Ordinal)];

        public int FoundNow => Rows.Count(r => r.Now.Platforms != MobilePlatforms.None);
        public int FoundThen => Rows.Count(r => r.Then.Platforms != MobilePlatforms.None);
    }

    public async Task<Answer> AskAsync(BuildRuleSet saved, BuildRuleSet typed, CancellationToken cancellation)
    {
        string[] patterns = [typed.IosNames, typed.AndroidNames, typed.BothNames, typed.IosContents, typed.AndroidContents, typed.BothContents, typed.NotNames, typed.IosJobs, typed.AndroidJobs];
        var problem = typed == saved ? null : patterns.Select(NamePattern.ProblemOf).FirstOrDefault(p => p is not null);
        var (now, then) = (MobileRules.Of(saved), problem is not null || typed == saved ? MobileRules.Of(saved) : new MobileRules(typed));
        var since = clock.GetUtcNow().AddDays(-Days);
        var runs = await db.WorkflowRuns.Where(r => r.CreatedAt > since).GroupBy(r => r.WorkflowId)
            .Select(g => new { g.Key, Count = g.Select(r => r.ExternalId).Distinct().LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var files = await db.WorkflowFiles.AsNoTracking().ToDictionaryAsync(f => f.Id, f => f.Jobs, cancellation);
        var workflows = await db.Workflows.AsNoTracking()
            .Join(db.Repositories.Where(r => r.LeftAt == null), w => w.RepositoryId, r => r.Id, (w, r) => new { Workflow = w, r.FullName })
            .ToListAsync(cancellation);
        return new Answer(
            [.. workflows.Select(each =>
            {
                var w = each.Workflow;
                var jobs = files.GetValueOrDefault(WorkflowFile.IdOf(w.RepositoryId, w.Path)) ?? [];
                var found = now.Find(w.Name, w.Path, jobs, w.ChosenMobile);
                return new Row(
                    w.Id, w.Name, w.Path, each.FullName, runs.GetValueOrDefault(w.Id), w.ChosenMobile, found,
                    then == now ? found : then.Find(w.Name, w.Path, jobs, w.ChosenMobile), w.ChosenMobile is null ? found : now.Find(w.Name, w.Path, jobs, null));
            })],
            problem);
    }

    public Task<BuildRuleSet> SavedAsync(CancellationToken cancellation) => MobileRules.SetOfAsync(db, organization.Id, cancellation);
}
