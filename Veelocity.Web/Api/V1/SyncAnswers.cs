using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Api.V1;

/// <summary>What to sync: all connectors when none is named; everything again when full.</summary>
internal sealed record TriggerBody
{
    public string? Connector { get; init; }

    public bool Full { get; init; }
}

/// <summary>Which sync logs are asked for.</summary>
internal sealed record SyncQuery : IValidatableObject
{
    [FromQuery(Name = "connector"), ConnectorKind]
    public string? Connector { get; init; }

    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    [FromQuery(Name = "trigger")]
    public string? Trigger { get; init; }

    /// <summary>Requested at this instant or later.</summary>
    [FromQuery(Name = "since")]
    public DateTimeOffset? Since { get; init; }

    /// <summary>Requested before this instant.</summary>
    [FromQuery(Name = "until")]
    public DateTimeOffset? Until { get; init; }

    [JsonIgnore]
    internal SyncLogFilter Filter => new(Connector is null ? null : ConnectorKindAttribute.Spelled(Connector), Named<SyncStatus>(Status), Named<SyncTrigger>(Trigger), Since?.ToUniversalTime(), Until?.ToUniversalTime());

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Status is not null && Named<SyncStatus>(Status) is null) yield return Unknown<SyncStatus>(nameof(Status));
        if (Trigger is not null && Named<SyncTrigger>(Trigger) is null) yield return Unknown<SyncTrigger>(nameof(Trigger));
    }

    private static TWord? Named<TWord>(string? text)
        where TWord : struct, Enum =>
        text is null ? null : Enum.GetValues<TWord>().Cast<TWord?>().FirstOrDefault(word => SyncAnswer.Word(word!.Value) == text);

    private static ValidationResult Unknown<TWord>(string field)
        where TWord : struct, Enum =>
        new($"Use one of {string.Join(", ", Enum.GetValues<TWord>().Select(SyncAnswer.Word))}.", [field]);
}

/// <summary>A sync log. <see cref="Status"/> is queued, running, parked, or the outcome of a finished one.</summary>
/// <param name="RatePerSecond">Items a second lately; null when there is nothing sensible to tell.</param>
/// <param name="SecondsLeft">At that rate; null while the total is unknown.</param>
internal sealed record SyncAnswer(
    Guid Id, string Connector, SyncTrigger Trigger, bool Full, string Status, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt, DateTimeOffset? CancelRequestedAt, DateTimeOffset? ParkedUntil, string? Phase, long Done, long? Total, double? RatePerSecond,
    double? SecondsLeft, long ChangedRows, IReadOnlyDictionary<string, long> Items, int Requests, int Points, string? Error,
    IReadOnlyList<SyncProblem> Problems)
{
    /// <summary>What happened before this instant has been read by the connector; only in the status.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DataAsOf { get; init; }

    /// <summary>Whether that is older than the schedule allows; only in the status.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsStale { get; init; }

    public static SyncAnswer Of(SyncRun run) => new(
        run.Id, run.Connector, run.Trigger, run.IsFull, Word(run.Status), run.RequestedAt, run.StartedAt, run.FinishedAt, run.CancelRequestedAt, run.ParkedUntil,
        run.Phase, run.DoneItems, run.TotalItems, null, null, run.ChangedRows, run.Items, run.Requests, run.Points, run.Error, run.Problems);

    public static SyncAnswer Of(SyncRun run, DateTimeOffset now) =>
        Of(run) with { RatePerSecond = run.ItemsPerSecond(now), SecondsLeft = run.SecondsLeft(now) };

    internal static string Word<TWord>(TWord word)
        where TWord : struct, Enum =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());
}
