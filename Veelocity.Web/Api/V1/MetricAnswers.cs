using System.Text.Json.Serialization;
using CsvHelper;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Api.V1;

/// <summary>How the previous period compares; null before the first repository. <see cref="Change"/> is relative, null where nothing can be said.</summary>
internal sealed record PreviousFrequency(long? Total, double? PerDay, double? Change);

/// <summary>Nulls for a period that ends before the first repository was created.</summary>
internal sealed record FrequencyAnswer(
    string Metric, DateOnly StartDate, DateOnly EndDate, string TimeZone, string Unit,
    long? Total, double? PerDay, double? PerWeek, long? DaysWithDeployments, long? Failed, Band? Band,
    PreviousFrequency Previous,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FrequencyGroup>? Groups)
{
    public const string Name = "deployment_frequency";

    public static FrequencyAnswer Of(Period period, DeploymentFrequency.Answer answer, IReadOnlyList<DeploymentFrequency.Group>? groups) => new(
        Name, period.FirstDay, period.LastDay, period.Zone.Id, "deployments",
        Known(answer.Total, answer.PerDay), answer.PerDay, answer.PerWeek, Known(answer.DaysWithDeployments, answer.PerDay),
        Known(answer.Failed, answer.PerDay), answer.Band,
        new PreviousFrequency(Known(answer.PreviousTotal, answer.Previous), answer.Previous, answer.Trend.Change),
        groups is null ? null : [.. groups.Select(g => new FrequencyGroup(g.Key, g.Label, g.Start, g.Count, g.Failed, g.IsPartial))]);

    private static long? Known(long count, double? rate) => rate is null ? null : count;
}

[CsvRecord]
internal sealed partial record FrequencyGroup(
    [CsvColumn("key")] string Key,
    [CsvColumn("label")] string Label,
    [CsvColumn("start")] DateOnly? Start,
    [CsvColumn("count")] long Count,
    [CsvColumn("failed")] long Failed,
    [CsvColumn("partial")] bool Partial);

internal sealed record PreviousLeadTime(long Count, double? Median, double? Change);

/// <summary>Pull requests deployed in the period that are not in the value, by reason.</summary>
internal sealed record LeftOutAnswer(LeftOut Reason, long Count);

/// <summary>Merged and in no production deployment yet, now.</summary>
internal sealed record WaitingAnswer(long Count, DateTimeOffset? OldestMergedAt);

/// <summary>Mean seconds in each stage; they add up to the mean.</summary>
internal sealed record StagesAnswer(double? Coding, double? Pickup, double? Review, double? Merge, double? Deploy);

internal sealed record LeadTimeAnswer(
    string Metric, DateOnly StartDate, DateOnly EndDate, string TimeZone, string Unit,
    long Count, double? Median, double? Mean, double? P50, double? P75, double? P90, double? P95, Band? Band,
    PreviousLeadTime Previous,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<LeadTimeGroup>? Groups,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<LeadTimeForChanges.Slice>? Distribution,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StagesAnswer? Stages,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<LeftOutAnswer>? LeftOut,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WaitingAnswer? Waiting)
{
    public const string Name = "lead_time_for_changes";

    public static LeadTimeAnswer Of(Period period, LeadTimeForChanges.Answer answer) => new(
        Name, period.FirstDay, period.LastDay, period.Zone.Id, "seconds",
        answer.Value.Count, answer.Value.P50, answer.Value.Mean, answer.Value.P50, answer.Value.P75, answer.Value.P90, answer.Value.P95,
        answer.Band, new PreviousLeadTime(answer.Previous.Count, answer.Previous.P50, answer.Trend.Change),
        null, null, null, null, null);
}

[CsvRecord]
internal sealed partial record LeadTimeGroup(
    [CsvColumn("key")] string Key,
    [CsvColumn("label")] string Label,
    [CsvColumn("start")] DateOnly? Start,
    [CsvColumn("count")] long Count,
    [CsvColumn("median")] double? Median,
    [CsvColumn("p90")] double? P90,
    [CsvColumn("partial")] bool Partial)
{
    public static LeadTimeGroup Of(LeadTimeForChanges.Group g) => new(g.Key, g.Label, g.Start, g.Count, g.Median, g.P90, g.IsPartial);
}

internal sealed record DoraAnswer(
    FrequencyAnswer DeploymentFrequency, LeadTimeAnswer LeadTimeForChanges, FailureRateAnswer ChangeFailureRate, RecoveryAnswer Mttr,
    ReworkRateAnswer DeploymentReworkRate, QuickCheckAnswer QuickCheck);
