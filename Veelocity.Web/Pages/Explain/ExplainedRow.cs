using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Csv;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Explain;

/// <summary>A row behind a value, of whatever kind, as the panel draws it.</summary>
/// <param name="Href">Its page in Veelocity.</param>
/// <param name="ProviderHref">At the provider; null when it is not there.</param>
/// <param name="At">The instant that it counts at, with <paramref name="Event"/> saying what happened then.</param>
/// <param name="Reason">Why it is left out; null when it is in.</param>
/// <param name="Decision">What a member said of it; null when nobody did.</param>
/// <param name="Offer">What a member may decide; null when nothing would change.</param>
internal sealed record ExplainedRow(
    DecisionSubject Subject, Guid Id, string Title, string Context, string Event, DateTimeOffset At, string? Value, string? Exact, string Href,
    string? ProviderHref, string? Reason, DecisionList.Item? Decision, DecisionVerdict? Offer);

/// <summary>Draws the rows behind a value, with what members decided about them.</summary>
internal sealed class ExplainedRows(DecisionList decisions, CurrentOrganization organization)
{
    public async Task<IReadOnlyList<ExplainedRow>> DrawAsync(Explanations.Rows rows, ExplainedMetric metric, CancellationToken cancellation)
    {
        var (subject, ids) = rows switch
        {
            { Changes: { } changes } => (DecisionSubject.PullRequest, changes.Items.Select(row => row.PullRequestId).ToList()),
            { Deployments: { } deployments } => (DecisionSubject.Deployment, deployments.Items.Select(row => row.Id).ToList()),
            _ => (DecisionSubject.Incident, rows.Incidents!.Items.Select(row => row.Id).ToList()),
        };
        var decided = await decisions.OfRowsAsync(organization.Id, subject, ids, cancellation);
        return rows switch
        {
            { Changes: { } changes } => [.. changes.Items.Select(row => Of(row, decided.GetValueOrDefault(row.PullRequestId)))],
            { Deployments: { } deployments } => [.. deployments.Items.Select(row => Of(row, metric, decided.GetValueOrDefault(row.Id)))],
            _ => [.. rows.Incidents!.Items.Select(row => Of(row, metric, decided.GetValueOrDefault(row.Id)))],
        };
    }

    /// <summary>The same rows as a file.</summary>
    public static Task<byte[]> FileAsync(Explanations.Rows rows, CancellationToken cancellation) => rows switch
    {
        { Changes: { } changes } => CsvFile.OfAsync(changes.Items.Select(ChangeRow.Of), cancellation),
        { Deployments: { } deployments } => CsvFile.OfAsync(deployments.Items.Select(DeploymentRow.Of), cancellation),
        _ => CsvFile.OfAsync(rows.Incidents!.Items.Select(IncidentRow.Of), cancellation),
    };

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
