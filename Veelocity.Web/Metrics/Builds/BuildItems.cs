using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>The builds behind the build metrics, newest first (M35).</summary>
public sealed class BuildItems(VeelocityDb db, TeamScopes scopes)
{
    /// <summary>Which of them. Where runs are counted, the first attempt stands for its run.</summary>
    public enum Set
    {
        /// <summary>Every attempt.</summary>
        All,

        /// <summary>Attempts that failed.</summary>
        Failed,

        /// <summary>Attempts that failed where the same commit passed later.</summary>
        Flaky,

        /// <summary>Success rate: runs that succeeded at last, that failed, and that did neither.</summary>
        SucceededRuns,
        FailedRuns,
        UndecidedRuns,

        /// <summary>Duration: attempts that succeeded and whose jobs are known, and the others.</summary>
        Timed,
        NotTimed,

        /// <summary>Frequency: runs, and what is none.</summary>
        Runs,
        NotRuns,
    }

    /// <summary>Why a build is not counted; the first that applies.</summary>
    public enum Reason
    {
        /// <summary>It belongs to a run that is counted already.</summary>
        Rerun = 1,
        Running,
        Cancelled,
        Skipped,
        Failed,

        /// <summary>It succeeded, and its jobs are not known.</summary>
        NoJobs,
    }

    /// <param name="Platform">Null for both.</param>
    /// <param name="Reason">Of those that are not counted, only those left out for this.</param>
    /// <param name="Cause">Only those that failed so; see <see cref="BuildFailures.Cause"/>.</param>
    public sealed record Selection(Set Of, BuildPlatform? Platform = null, Reason? Reason = null, BuildFailures.Cause? Cause = null);

    public sealed record ReasonCount(Reason Reason, long Count);

    /// <param name="Outcome">Of this attempt.</param>
    /// <param name="Eventual">Of its run.</param>
    /// <param name="QueueSeconds">Asked for → first job started.</param>
    public sealed record Item(
        Guid Id, string Repository, string Workflow, string Title, string Url, BuildPlatform Platform, BuildOutcome Outcome, BuildOutcome Eventual, int Attempt,
        bool IsFirst, string? Branch, string Sha, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, double? DurationSeconds, double? QueueSeconds,
        BuildFailure? Failure, string? FailedJob, string? FailedStep, bool IsFlaky)
    {
        /// <summary>Why what was asked for does not count it; null when it does.</summary>
        public Reason? WhyNot(Set of) => of switch
        {
            Set.UndecidedRuns => OfOutcome(Eventual),
            Set.NotTimed => OfOutcome(Outcome) ?? (Outcome == BuildOutcome.Failed ? Reason.Failed : Reason.NoJobs),
            Set.NotRuns => IsFirst ? Reason.Skipped : Reason.Rerun,
            _ => null,
        };

        private static Reason? OfOutcome(BuildOutcome outcome) => outcome switch
        {
            BuildOutcome.Running => Reason.Running,
            BuildOutcome.Cancelled => Reason.Cancelled,
            BuildOutcome.Skipped => Reason.Skipped,
            _ => null,
        };
    }

    public async Task<Page<Item>> AskAsync(Period period, Filter filter, Selection selection, PageRequest page, CancellationToken cancellation)
    {
        var rows = Narrow(await OfAsync(period, filter, selection, cancellation), selection);
        var total = await rows.LongCountAsync(cancellation);
        var items = await Shape(rows.OrderByDescending(b => b.StartedAt).ThenBy(b => b.Id).Skip(page.Offset).Take(page.PerPage)).ToListAsync(cancellation);
        return new Page<Item>([.. items.OrderByDescending(i => i.StartedAt).ThenBy(i => i.Id)], page.Number, page.PerPage, total);
    }

    /// <summary>How many are not counted, for each reason.</summary>
    public async Task<IReadOnlyList<ReasonCount>> ReasonsAsync(Period period, Filter filter, Selection selection, CancellationToken cancellation)
    {
        var rows = await OfAsync(period, filter, selection, cancellation);
        var counts = new List<ReasonCount>();
        foreach (var reason in Enum.GetValues<Reason>())
        {
            var count = await Narrow(rows, selection with { Reason = reason }).LongCountAsync(cancellation);
            if (count > 0) counts.Add(new ReasonCount(reason, count));
        }
        return counts;
    }

    /// <summary>Successes in order of how long they took, from this place on, counted from 0: between them a percentile lies.</summary>
    public async Task<IReadOnlyList<Item>> RankedAsync(Period period, Filter filter, BuildPlatform? platform, int place, int count, CancellationToken cancellation)
    {
        var timed = new Selection(Set.Timed, platform);
        var rows = Narrow(await OfAsync(period, filter, timed, cancellation), timed);
        var items = await Shape(rows.OrderBy(b => b.DurationSeconds).ThenBy(b => b.Id).Skip(place).Take(count)).ToListAsync(cancellation);
        return [.. items.OrderBy(i => i.DurationSeconds).ThenBy(i => i.Id)];
    }

    private async Task<IQueryable<Build>> OfAsync(Period period, Filter filter, Selection selection, CancellationToken cancellation)
    {
        var owned = filter.TeamId is { } team ? (await scopes.OfAsync(filter.OrganizationId, team, cancellation)).RepositoryIds.ToArray() : null;
        var rows = db.Builds.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(b => b.OrganizationId == filter.OrganizationId)
            .Where(b => filter.RepositoryId == null || b.RepositoryId == filter.RepositoryId)
            .Where(b => owned == null || owned.Contains(b.RepositoryId))
            .Where(b => selection.Platform == null || b.Platform == selection.Platform);
        // A run counts when it was created, an attempt when it was started (M34).
        return selection.Of switch
        {
            Set.SucceededRuns or Set.FailedRuns or Set.UndecidedRuns or Set.Runs => rows.Where(b => b.RunCreatedAt >= period.From && b.RunCreatedAt < period.To),
            Set.NotRuns => rows.Where(b => b.IsFirst
                ? b.RunCreatedAt >= period.From && b.RunCreatedAt < period.To
                : b.StartedAt >= period.From && b.StartedAt < period.To),
            _ => rows.Where(b => b.StartedAt >= period.From && b.StartedAt < period.To),
        };
    }

    private static IQueryable<Build> Narrow(IQueryable<Build> rows, Selection selection)
    {
        rows = selection.Of switch
        {
            Set.Failed => rows.Where(b => b.Outcome == BuildOutcome.Failed),
            Set.Flaky => rows.Where(b => b.IsFlaky),
            Set.SucceededRuns => rows.Where(b => b.IsFirst && b.Eventual == BuildOutcome.Succeeded),
            Set.FailedRuns => rows.Where(b => b.IsFirst && b.Eventual == BuildOutcome.Failed),
            Set.UndecidedRuns => rows.Where(b => b.IsFirst && b.Eventual != BuildOutcome.Succeeded && b.Eventual != BuildOutcome.Failed),
            Set.Timed => rows.Where(b => b.Outcome == BuildOutcome.Succeeded && b.DurationSeconds != null),
            Set.NotTimed => rows.Where(b => b.Outcome != BuildOutcome.Succeeded || b.DurationSeconds == null),
            Set.Runs => rows.Where(b => b.IsFirst && b.Eventual != BuildOutcome.Skipped),
            Set.NotRuns => rows.Where(b => !b.IsFirst || b.Eventual == BuildOutcome.Skipped),
            _ => rows,
        };
        if (selection.Cause is { } cause)
            rows = rows.Where(b => b.Failure == cause.Failure && (cause.Job == null || b.FailedJob == cause.Job) && (cause.Step == null || b.FailedStep == cause.Step));
        return selection.Reason is { } reason ? For(rows, selection.Of, reason) : rows;
    }

    // The same order as Item.WhyNot.
    private static IQueryable<Build> For(IQueryable<Build> rows, Set of, Reason reason) => (of, reason) switch
    {
        (Set.NotRuns, Reason.Rerun) => rows.Where(b => !b.IsFirst),
        (Set.NotRuns, Reason.Skipped) => rows.Where(b => b.IsFirst),
        (Set.UndecidedRuns, Reason.Running) => rows.Where(b => b.Eventual == BuildOutcome.Running),
        (Set.UndecidedRuns, Reason.Cancelled) => rows.Where(b => b.Eventual == BuildOutcome.Cancelled),
        (Set.UndecidedRuns, Reason.Skipped) => rows.Where(b => b.Eventual == BuildOutcome.Skipped),
        (Set.NotTimed, Reason.Running) => rows.Where(b => b.Outcome == BuildOutcome.Running),
        (Set.NotTimed, Reason.Cancelled) => rows.Where(b => b.Outcome == BuildOutcome.Cancelled),
        (Set.NotTimed, Reason.Skipped) => rows.Where(b => b.Outcome == BuildOutcome.Skipped),
        (Set.NotTimed, Reason.Failed) => rows.Where(b => b.Outcome == BuildOutcome.Failed),
        (Set.NotTimed, Reason.NoJobs) => rows.Where(b => b.Outcome == BuildOutcome.Succeeded),
        _ => rows.Where(_ => false),
    };

    private IQueryable<Item> Shape(IQueryable<Build> builds) =>
        from b in builds
        join r in db.WorkflowRuns.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on b.RunId equals r.Id
        join w in db.Workflows.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on b.WorkflowId equals w.Id
        join x in db.Repositories.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }) on b.RepositoryId equals x.Id
        select new Item(
            b.Id, x.FullName, w.Name, r.Title, r.Url + "/attempts/" + b.Attempt, b.Platform, b.Outcome, b.Eventual, b.Attempt, b.IsFirst, r.HeadBranch, r.HeadSha,
            b.StartedAt, b.FinishedAt, b.DurationSeconds, b.QueueSeconds, b.Failure, b.FailedJob, b.FailedStep, b.IsFlaky);
}
