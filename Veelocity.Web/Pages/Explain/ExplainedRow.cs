using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Csv;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Explain;

/// <summary>A row behind a value, of whatever kind, as the panel draws it.</summary>
/// <param name="Subject">Null for rows that members do not decide about.</param>
/// <param name="Href">Its page in Veelocity; where it has none, at the provider.</param>
/// <param name="ProviderHref">At the provider; null when it is not there.</param>
/// <param name="At">The instant that it counts at, with <paramref name="Event"/> saying what happened then.</param>
/// <param name="Reason">Why it is left out; null when it is in.</param>
/// <param name="Decision">What a member said of it; null when nobody did.</param>
/// <param name="Offer">What a member may decide; null when nothing would change.</param>
internal sealed record ExplainedRow(
    DecisionSubject? Subject, Guid Id, string Title, string Context, string Event, DateTimeOffset At, string? Value, string? Exact, string Href,
    string? ProviderHref, string? Reason, DecisionList.Item? Decision, DecisionVerdict? Offer);

/// <summary>Draws the rows behind a value, with what members decided about them.</summary>
internal sealed class ExplainedRows(DecisionList decisions, CurrentOrganization organization)
{
    public async Task<IReadOnlyList<ExplainedRow>> DrawAsync(Explanations.Rows rows, ExplainedMetric metric, CancellationToken cancellation)
    {
        if (rows.Builds is { } builds) return [.. builds.Items.Select(row => Of(row, metric))];
        if (rows.Issues is { } issues) return [.. issues.Items.Select(Of)];
        var (subject, ids) = rows switch
        {
            { Pulls: { } pulls } => (DecisionSubject.PullRequest, pulls.Items.Select(row => row.PullRequestId).ToList()),
            { Changes: { } changes } => (DecisionSubject.PullRequest, changes.Items.Select(row => row.PullRequestId).ToList()),
            { Deployments: { } deployments } => (DecisionSubject.Deployment, deployments.Items.Select(row => row.Id).ToList()),
            _ => (DecisionSubject.Incident, rows.Incidents!.Items.Select(row => row.Id).ToList()),
        };
        var decided = await decisions.OfRowsAsync(organization.Id, subject, ids, cancellation);
        return rows switch
        {
            { Pulls: { } pulls } => [.. pulls.Items.Select(row => Of(row, decided.GetValueOrDefault(row.PullRequestId)))],
            { Changes: { } changes } => [.. changes.Items.Select(row => Of(row, decided.GetValueOrDefault(row.PullRequestId)))],
            { Deployments: { } deployments } => [.. deployments.Items.Select(row => Of(row, metric, decided.GetValueOrDefault(row.Id)))],
            _ => [.. rows.Incidents!.Items.Select(row => Of(row, metric, decided.GetValueOrDefault(row.Id)))],
        };
    }

    /// <summary>The same rows as a file.</summary>
    public static Task<byte[]> FileAsync(Explanations.Rows rows, CancellationToken cancellation) => rows switch
    {
        { Pulls: { } pulls } => CsvFile.OfAsync(pulls.Items.Select(PullRow.Of), cancellation),
        { Issues: { } issues } => CsvFile.OfAsync(issues.Items.Select(IssueRow.Of), cancellation),
        { Changes: { } changes } => CsvFile.OfAsync(changes.Items.Select(ChangeRow.Of), cancellation),
        { Deployments: { } deployments } => CsvFile.OfAsync(deployments.Items.Select(DeploymentRow.Of), cancellation),
        { Builds: { } builds } => CsvFile.OfAsync(builds.Items.Select(BuildRow.Of), cancellation),
        _ => CsvFile.OfAsync(rows.Incidents!.Items.Select(IncidentRow.Of), cancellation),
    };

    private ExplainedRow Of(PullItem row, DecisionList.Item? decision)
    {
        var what = row.At == row.MergedAt ? "Merged" : row.At == row.FirstReviewAt ? "First reviewed" : "Closed";
        return new ExplainedRow(
            DecisionSubject.PullRequest, row.PullRequestId, row.Title, $"{row.Repository} #{row.Number}{(row.Author is { } author ? $" · {author}" : null)}",
            what, row.At, row.Seconds is { } took ? Durations.Short(took) : null, row.Seconds is { } exact ? Durations.Exact(exact) : null,
            $"/o/{organization.Slug}/changes/{row.PullRequestId}", row.Url, row.LeftOut is { } reason ? WorkReasons.NameOf(reason) : null, decision,
            decision is not null ? null : row.LeftOut switch { null => DecisionVerdict.Exclude, WorkReason.Bot => DecisionVerdict.Include, _ => null });
    }

    private ExplainedRow Of(IssueItem row) => new(
        DecisionSubject.PullRequest, row.IssueId, row.Title,
        string.Join(" · ", new[] { row.Identifier, row.State, row.Assignee, Numbers.Count(row.PullRequests, "pull request") }.OfType<string>()),
        row.At == row.DeliveredAt ? "Last pull request merged" : row.At == row.LastCompletedAt ? "Completed" : "Canceled", row.At,
        row.Seconds is { } took ? Durations.Short(took) : null, row.Seconds is { } exact ? Durations.Exact(exact) : null,
        $"/o/{organization.Slug}/issues/{row.IssueId}", row.Url, row.LeftOut is { } reason ? WorkReasons.NameOf(reason) : null, null, null);

    private ExplainedRow Of(ChangeItems.Item row, DecisionList.Item? decision) => new(
        DecisionSubject.PullRequest, row.PullRequestId, row.Title, $"{row.Repository} #{row.Number}{(row.Author is { } author ? $" · {author}" : null)}",
        row.DeployedAt is null ? "Merged" : "Deployed", row.DeployedAt ?? row.MergedAt,
        row.LeadSeconds is { } lead ? Durations.Short(lead) : null, row.LeadSeconds is { } exact ? Durations.Exact(exact) : null,
        $"/o/{organization.Slug}/changes/{row.PullRequestId}", row.Url, row.LeftOutWord is { } word ? ChangeReasons.NameOf(word) : null, decision,
        decision is not null || row.LeftOutWord == ChangeItems.Item.NoService ? null : row.LeftOutWord is null ? DecisionVerdict.Exclude : DecisionVerdict.Include);

    private ExplainedRow Of(DeploymentItems.Item row, ExplainedMetric metric, DecisionList.Item? decision)
    {
        var reason = row.WhyNot(ofFailureRate: metric == ExplainedMetric.ChangeFailureRate);
        var told = metric == ExplainedMetric.ReworkRate ? row.Rework is { } rework ? Reasons.Of(rework) : null
            : metric == ExplainedMetric.ChangeFailureRate && row.FailedBy is { } failure ? Reasons.Of(failure) : null;
        return new ExplainedRow(
            DecisionSubject.Deployment, row.Id, row.Title,
            string.Join(" · ", new[] { row.Service, row.Sha is { Length: >= 7 } sha ? sha[..7] : null, told }.OfType<string>()),
            "Finished", row.FinishedAt, null, null, $"/o/{organization.Slug}/deployments/{row.Id}", row.Url, reason is { } why ? DeploymentReasons.NameOf(why) : null, decision,
            decision is null && reason is null or DeploymentItems.Reason.Rollback ? DecisionVerdict.Exclude : null);
    }

    private static ExplainedRow Of(BuildItems.Item row, ExplainedMetric metric)
    {
        var not = metric switch
        {
            ExplainedMetric.BuildSuccessRate => row.WhyNot(BuildItems.Set.UndecidedRuns),
            ExplainedMetric.BuildDuration when row.Outcome != BuildOutcome.Succeeded || row.DurationSeconds is null => row.WhyNot(BuildItems.Set.NotTimed),
            ExplainedMetric.BuildFrequency when !row.IsFirst || row.Eventual == BuildOutcome.Skipped => row.WhyNot(BuildItems.Set.NotRuns),
            _ => null,
        };
        var failed = row.FailedJob is { } job ? row.FailedStep is { } step ? $"{job}, {step}" : job : null;
        return new ExplainedRow(
            null, row.Id, row.Title,
            string.Join(" · ", new[] { row.Repository, row.Workflow, row.Platform == BuildPlatform.Ios ? "iOS" : "Android", row.Branch, row.Attempt > 1 ? $"attempt {row.Attempt}" : null, failed }.OfType<string>()),
            "Asked for", row.StartedAt, row.DurationSeconds is { } took ? Durations.Short(took) : null, row.DurationSeconds is { } exact ? Durations.Exact(exact) : null,
            row.Url, null, not is { } why ? BuildReasons.NameOf(why) : null, null, null);
    }

    private ExplainedRow Of(IncidentItems.Item row, ExplainedMetric metric, DecisionList.Item? decision)
    {
        var needsRelease = metric == ExplainedMetric.FailedDeploymentRecovery;
        var (reason, seconds) = (row.WhyNot(needsRelease), needsRelease ? row.SecondsFromRelease : row.Seconds);
        return new ExplainedRow(
            DecisionSubject.Incident, row.Id, row.Title,
            string.Join(" · ", new[] { row.Severity?.ToString(), row.Service ?? row.Environment, needsRelease && row.DeploymentTitle is { } by ? $"brought by {by}" : null }.OfType<string>()),
            "Started", row.StartedAt, seconds is { } took ? Durations.Short(took) : null, seconds is { } exact ? Durations.Exact(exact) : null,
            $"/o/{organization.Slug}/incidents/{row.Id}", row.Url, reason is { } why ? IncidentReasons.NameOf(why) : null, decision,
            decision is null && reason is null ? DecisionVerdict.Exclude : null);
    }
}
