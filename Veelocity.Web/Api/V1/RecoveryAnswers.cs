using System.Text.Json.Serialization;
using CsvHelper;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Api.V1;

/// <summary>The same for the period before; <see cref="Change"/> is relative, null where nothing can be said.</summary>
internal sealed record PreviousRate(double? Value, long Total, double? Change);

/// <summary>Failed releases by what tells that they failed, the surest only.</summary>
internal sealed record FailureCauses(long Incident, long Rollback, long Revert);

/// <param name="Value">Failed ÷ total, between 0 and 1; null without releases.</param>
/// <param name="Provisional">Releases younger than seven days that have not failed and still can.</param>
internal sealed record FailureRateAnswer(
    string Metric, DateOnly StartDate, DateOnly EndDate, string TimeZone, string Unit,
    double? Value, long Failed, long Total, long Provisional, FailureCauses ByCause, Band? Band, PreviousRate Previous,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FailureRateGroup>? Groups)
{
    public const string Name = "change_failure_rate";

    public static FailureRateAnswer Of(Period period, ChangeFailureRate.Answer answer, IReadOnlyList<FailureRateGroup>? groups) => new(
        Name, period.FirstDay, period.LastDay, period.Zone.Id, "fraction",
        answer.Now.Value, answer.Now.Failed, answer.Now.Total, answer.Now.Provisional,
        new FailureCauses(answer.Now.ByIncident, answer.Now.ByRollback, answer.Now.ByRevert), answer.Band,
        new PreviousRate(answer.Previous.Value, answer.Previous.Total, answer.Trend.Change), groups);
}

[CsvRecord]
internal sealed partial record FailureRateGroup(
    [CsvColumn("key")] string Key,
    [CsvColumn("label")] string Label,
    [CsvColumn("start")] DateOnly? Start,
    [CsvColumn("value")] double? Value,
    [CsvColumn("failed")] long Failed,
    [CsvColumn("total")] long Total,
    [CsvColumn("partial")] bool Partial,
    [CsvColumn("provisional")] bool Provisional)
{
    public static FailureRateGroup Of(ChangeFailureRate.Group g) =>
        new(g.Key, g.Label, g.Start, g.Value, g.Failed, g.Total, g.IsPartial, g.IsProvisional);
}

/// <summary>Repairs by kind.</summary>
internal sealed record ReworkKinds(long Rollback, long IncidentFix, long Revert, long Hotfix);

/// <param name="Value">Rework ÷ total, between 0 and 1; null without releases.</param>
internal sealed record ReworkRateAnswer(
    string Metric, DateOnly StartDate, DateOnly EndDate, string TimeZone, string Unit,
    double? Value, long Rework, long Total, ReworkKinds ByKind, PreviousRate Previous,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReworkRateGroup>? Groups)
{
    public const string Name = "deployment_rework_rate";

    public static ReworkRateAnswer Of(Period period, ReworkRate.Answer answer, IReadOnlyList<ReworkRateGroup>? groups) => new(
        Name, period.FirstDay, period.LastDay, period.Zone.Id, "fraction",
        answer.Now.Value, answer.Now.Rework, answer.Now.Total,
        new ReworkKinds(answer.Now.Rollbacks, answer.Now.IncidentFixes, answer.Now.Reverts, answer.Now.Hotfixes),
        new PreviousRate(answer.Previous.Value, answer.Previous.Total, answer.Trend.Change), groups);
}

[CsvRecord]
internal sealed partial record ReworkRateGroup(
    [CsvColumn("key")] string Key,
    [CsvColumn("label")] string Label,
    [CsvColumn("start")] DateOnly? Start,
    [CsvColumn("value")] double? Value,
    [CsvColumn("rework")] long Rework,
    [CsvColumn("total")] long Total,
    [CsvColumn("partial")] bool Partial)
{
    public static ReworkRateGroup Of(ReworkRate.Group g) => new(g.Key, g.Label, g.Start, g.Value, g.Rework, g.Total, g.IsPartial);
}

/// <summary>Over resolved incidents with a known release: recovered − release finished, in seconds; detect and fix add up to the mean.</summary>
internal sealed record FailedDeploymentRecovery(long Count, double? Mean, double? Median, double? Detect, double? Fix);

/// <param name="Severity">Null for incidents without one.</param>
internal sealed record SeverityAnswer(IncidentSeverity? Severity, long Count, double? Mean, double? Median, long Open);

internal sealed record PreviousRecovery(long Count, double? Mean, double? Change);

/// <param name="Count">Resolved incidents that started in the period.</param>
/// <param name="Mean">Seconds from start to end; the headline.</param>
/// <param name="Open">Not resolved yet, and so not in it.</param>
internal sealed record RecoveryAnswer(
    string Metric, DateOnly StartDate, DateOnly EndDate, string TimeZone, string Unit,
    long Count, double? Mean, double? Median, double? P90, long Open, Band? Band,
    FailedDeploymentRecovery FailedDeploymentRecovery, PreviousRecovery Previous,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SeverityAnswer>? BySeverity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RecoveryGroup>? Groups)
{
    public const string Name = "mttr";

    public static RecoveryAnswer Of(Period period, TimeToRecovery.Answer answer) => new(
        Name, period.FirstDay, period.LastDay, period.Zone.Id, "seconds",
        answer.Now.Count, answer.Now.Mean, answer.Now.Median, answer.Now.P90, answer.Now.Open, answer.Band,
        new FailedDeploymentRecovery(
            answer.FailedDeployment.Count, answer.FailedDeployment.Mean, answer.FailedDeployment.Median,
            answer.FailedDeployment.Detect, answer.FailedDeployment.Fix),
        new PreviousRecovery(answer.Previous.Count, answer.Previous.Mean, answer.Trend.Change), null, null);
}

[CsvRecord]
internal sealed partial record RecoveryGroup(
    [CsvColumn("key")] string Key,
    [CsvColumn("label")] string Label,
    [CsvColumn("start")] DateOnly? Start,
    [CsvColumn("count")] long Count,
    [CsvColumn("mean")] double? Mean,
    [CsvColumn("median")] double? Median,
    [CsvColumn("partial")] bool Partial)
{
    public static RecoveryGroup Of(TimeToRecovery.Group g) => new(g.Key, g.Label, g.Start, g.Count, g.Mean, g.Median, g.IsPartial);
}
