using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>
/// Explains any value of a metric (M35): the very questions that the page asked, the figures put into their formula, and the rows
/// by the same conditions, so that n is what is listed.
/// </summary>
public sealed class Explanations(
    FrequencyExplained frequency, LeadTimeExplained leadTime, StabilityExplained stability, RecoveryExplained recovery, DevelopmentExplained development,
    BuildsExplained builds, WaitingChanges waiting, ChangeItems changes, DeploymentItems deployments, IncidentItems incidents, BuildItems buildItems, TimeProvider clock)
{
    /// <summary>Rows of one kind; the others are null.</summary>
    public sealed record Rows(
        Page<ChangeItems.Item>? Changes = null, Page<DeploymentItems.Item>? Deployments = null, Page<IncidentItems.Item>? Incidents = null,
        Page<BuildItems.Item>? Builds = null, Page<PullItem>? Pulls = null, Page<IssueItem>? Issues = null)
    {
        public long Total => Changes?.Total ?? Deployments?.Total ?? Builds?.Total ?? Incidents?.Total ?? Pulls?.Total ?? Issues!.Total;
    }

    public Task<Explanation> AskAsync(Question question, CancellationToken cancellation) => question.Metric switch
    {
        ExplainedMetric.DeploymentFrequency => frequency.AskAsync(question, cancellation),
        ExplainedMetric.LeadTime => leadTime.AskAsync(question, cancellation),
        ExplainedMetric.ChangeFailureRate => stability.FailureRateAsync(question, cancellation),
        ExplainedMetric.ReworkRate => stability.ReworkRateAsync(question, cancellation),
        ExplainedMetric.Recovery => recovery.TimeToRecoveryAsync(question, cancellation),
        ExplainedMetric.FailedDeploymentRecovery => recovery.FailedDeploymentAsync(question, cancellation),
        ExplainedMetric.BuildSuccessRate => builds.SuccessRateAsync(question, cancellation),
        ExplainedMetric.BuildDuration => builds.DurationAsync(question, cancellation),
        ExplainedMetric.BuildFrequency => builds.FrequencyAsync(question, cancellation),
        ExplainedMetric.Waiting => WaitingAsync(question, cancellation),
        _ => development.AskAsync(question, cancellation),
    };

    /// <param name="set">A <see cref="RowSet"/>'s key.</param>
    /// <param name="reason">A <see cref="LeftOutReason"/>'s key; null for all.</param>
    public async Task<Rows> RowsAsync(Question question, string set, string? reason, PageRequest page, CancellationToken cancellation)
    {
        var (period, filter) = (question.Period, question.Filter);
        switch (question.Metric)
        {
            case ExplainedMetric.LeadTime when set == RowSet.LeftOut:
                return new Rows(Changes: await changes.AskAsync(
                    period, filter, ChangeItems.Selection.LeftOut, ChangeItems.Order.Newest, page, cancellation, new(Reason: ChangeReasons.Word(reason))));
            case ExplainedMetric.LeadTime:
                return new Rows(Changes: await changes.AskAsync(
                    period, filter, ChangeItems.Selection.Included, ChangeItems.Order.Slowest, page, cancellation, new(question.AtLeastSeconds, question.BelowSeconds)));
            case ExplainedMetric.Waiting:
                return new Rows(Changes: await changes.AskAsync(
                    period, filter, set == RowSet.LeftOut ? ChangeItems.Selection.NotWaiting : ChangeItems.Selection.Waiting, ChangeItems.Order.Newest, page,
                    cancellation, new(Reason: set == RowSet.LeftOut ? ChangeReasons.Word(reason) : null)));
            case >= ExplainedMetric.FirstReview:
                return await development.RowsAsync(question, set, reason, page, cancellation);
            case ExplainedMetric.Recovery or ExplainedMetric.FailedDeploymentRecovery:
                return new Rows(Incidents: await incidents.AskAsync(
                    period, filter, new(Severity: question.Severity, Of: SetOf(question.Metric, set), Reason: set == RowSet.LeftOut ? IncidentReasons.Incident(reason) : null),
                    page, cancellation));
            case ExplainedMetric.BuildSuccessRate or ExplainedMetric.BuildDuration or ExplainedMetric.BuildFrequency:
                return new Rows(Builds: await buildItems.AskAsync(
                    period, filter, new(BuildsExplained.SetOf(question.Metric, set), question.Platform, set == RowSet.LeftOut ? BuildReasons.Build(reason) : null),
                    page, cancellation));
            default:
                return new Rows(Deployments: await deployments.AskAsync(
                    period, filter, SelectionOf(question.Metric, set), page, cancellation, set == RowSet.LeftOut ? DeploymentReasons.Deployment(reason) : null));
        }
    }

    private static IncidentItems.Set SetOf(ExplainedMetric metric, string set) => (metric, set == RowSet.LeftOut) switch
    {
        (ExplainedMetric.Recovery, false) => IncidentItems.Set.Recovered,
        (ExplainedMetric.Recovery, true) => IncidentItems.Set.NotRecovered,
        (_, false) => IncidentItems.Set.RecoveredFromRelease,
        _ => IncidentItems.Set.NotRecoveredFromRelease,
    };

    private static DeploymentItems.Selection SelectionOf(ExplainedMetric metric, string set) => set switch
    {
        RowSet.Failed => DeploymentItems.Selection.Failed,
        RowSet.Sound => DeploymentItems.Selection.Sound,
        RowSet.Repairs => DeploymentItems.Selection.Rework,
        RowSet.Planned => DeploymentItems.Selection.Planned,
        RowSet.LeftOut when metric == ExplainedMetric.ChangeFailureRate => DeploymentItems.Selection.LeftOutOfFailureRate,
        RowSet.LeftOut => DeploymentItems.Selection.LeftOut,
        _ => DeploymentItems.Selection.Releases,
    };

    private async Task<Explanation> WaitingAsync(Question question, CancellationToken cancellation)
    {
        var answer = await waiting.AskAsync(question.Filter, cancellation);
        var not = await changes.ReasonsAsync(question.Period, question.Filter, ChangeItems.Selection.NotWaiting, cancellation);
        return new Explanation(
            "Waiting for production", Numbers.Count(answer.Count, "pull request"), null, answer.Count, "pull request",
            [
                "Merged into the default branch and in no successful production deployment yet, as of now, whatever the period",
                .. answer.OldestMergedAt is { } oldest ? [$"The oldest was merged {Dates.Age(oldest, clock.GetUtcNow())}"] : Array.Empty<string>(),
            ],
            [], null, [RowSet.Of(RowSet.In, "Waiting", answer.Count), RowSet.OfLeftOut([.. not.Select(ChangeReasons.Of)])]);
    }
}
