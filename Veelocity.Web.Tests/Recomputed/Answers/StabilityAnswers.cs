using System.Text.Json.Nodes;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Change failure rate, rework rate and recovery (M21, M23, M24).</summary>
internal sealed class StabilityAnswers(Recomputation all, Days days, DoraAnswers dora)
{
    private static readonly TimeSpan SureAfter = TimeSpan.FromDays(7);

    private readonly Dictionary<(Shipment, int?), List<string>> known = [];

    public JsonObject FailureRate(Scope scope, string groupBy)
    {
        var (now, before) = (Risky(scope, days.Whole), Risky(scope, days.Before));
        var (failed, failedBefore) = (Failed(now, scope), Failed(before, scope));
        var (value, valueBefore) = (Sums.Ratio(failed, now.Count), Sums.Ratio(failedBefore, before.Count));
        return Wording.Say(new
        {
            Metric = "change_failure_rate",
            StartDate = days.First,
            EndDate = days.Last,
            TimeZone = days.ZoneId,
            Unit = "fraction",
            Value = value,
            Failed = failed,
            Total = now.Count,
            Provisional = now.Count(s => IsProvisional(s, scope)),
            ByCause = new
            {
                Incident = now.Count(s => ReasonOf(s, scope) == "incident"),
                Rollback = now.Count(s => ReasonOf(s, scope) == "rollback"),
                Revert = now.Count(s => ReasonOf(s, scope) == "revert"),
            },
            Band = now.Count < 5 ? null : value switch { <= 0.05 => "elite", <= 0.1 => "high", <= 0.2 => "medium", _ => "low" },
            Previous = new { Value = valueBefore, Total = before.Count, Change = Sums.Change(value, now.Count, valueBefore, before.Count) },
            Groups = Wording.Say(dora.Groups(scope, groupBy).Select(g => (g, In: Risky(g.Scope, g.In))).Where(g => g.g.Start is not null || g.In.Count > 0)
                .Select(g => new
                {
                    g.g.Key,
                    g.g.Label,
                    g.g.Start,
                    Value = Sums.Ratio(Failed(g.In, scope), g.In.Count),
                    Failed = Failed(g.In, scope),
                    Total = g.In.Count,
                    g.g.Partial,
                    Provisional = g.In.Exists(s => IsProvisional(s, scope)),
                })),
        });
    }

    public JsonObject ReworkRate(Scope scope, string groupBy)
    {
        var (now, before) = (dora.Released(scope, days.Whole).ToList(), dora.Released(scope, days.Before).ToList());
        var (value, valueBefore) = (Sums.Ratio(now.Count(IsRework), now.Count), Sums.Ratio(before.Count(IsRework), before.Count));
        return Wording.Say(new
        {
            Metric = "deployment_rework_rate",
            StartDate = days.First,
            EndDate = days.Last,
            TimeZone = days.ZoneId,
            Unit = "fraction",
            Value = value,
            Rework = now.Count(IsRework),
            Total = now.Count,
            ByKind = new
            {
                Rollback = now.Count(s => KindOf(s) == "rollback"),
                IncidentFix = now.Count(s => KindOf(s) == "incident_fix"),
                Revert = now.Count(s => KindOf(s) == "revert"),
                Hotfix = now.Count(s => KindOf(s) == "hotfix"),
            },
            Previous = new { Value = valueBefore, Total = before.Count, Change = Sums.Change(value, now.Count, valueBefore, before.Count) },
            Groups = Wording.Say(dora.Groups(scope, groupBy).Select(g => (g, In: dora.Released(g.Scope, g.In).ToList())).Where(g => g.g.Start is not null || g.In.Count > 0)
                .Select(g => new
                {
                    g.g.Key, g.g.Label, g.g.Start, Value = Sums.Ratio(g.In.Count(IsRework), g.In.Count), Rework = g.In.Count(IsRework), Total = g.In.Count, g.g.Partial,
                })),
        });
    }

    /// <summary>Deployments that can fail: rollbacks can't.</summary>
    public List<Shipment> Risky(Scope scope, Stretch stretch) => [.. dora.Released(scope, stretch).Where(s => !s.IsRollback)];

    /// <summary>The surest reason why a deployment failed; null when it did not.</summary>
    public string? ReasonOf(Shipment shipment, Scope scope) => Reasons(shipment, scope) switch
    {
        [] => null,
        ["incident_by_person", ..] => "incident",
        [var first, ..] => first,
    };

    public List<string> Reasons(Shipment shipment, Scope scope)
    {
        if (!known.TryGetValue((shipment, scope.WindowHours), out var reasons)) known[(shipment, scope.WindowHours)] = reasons = Find(shipment, scope.WindowHours);
        return reasons;
    }

    private List<string> Find(Shipment shipment, int? window)
    {
        var causes = all.Causes.FindAll(c => Counts(c.Incident) && (window is { } hours ? c.ByWithin(hours) : c.By) == shipment);
        var reasons = new List<string>();
        if (causes.Exists(c => c.Method == "person")) reasons.Add("incident_by_person");
        if (causes.Exists(c => c.Method != "person")) reasons.Add("incident");
        if (all.Shipments.Exists(s => s.TakesBack == shipment && !s.IsExcluded)) reasons.Add("rollback");
        if (all.Repairs.IsReverted(shipment)) reasons.Add("revert");
        return reasons;
    }

    public string? KindOf(Shipment shipment) =>
        shipment.IsRollback ? "rollback"
        : all.Causes.Exists(c => Counts(c.Incident) && c.Fix == shipment) ? "incident_fix"
        : all.Repairs.Reverts(shipment) ? "revert"
        : all.Repairs.IsHotfix(shipment) ? "hotfix"
        : null;

    /// <summary>Unless a member excluded it.</summary>
    public bool Counts(Incident incident) => all.VerdictOn(incident.Id) is null;

    private bool IsRework(Shipment shipment) => KindOf(shipment) is not null;

    private int Failed(List<Shipment> shipments, Scope scope) => shipments.Count(s => ReasonOf(s, scope) is not null);

    private bool IsProvisional(Shipment shipment, Scope scope) => shipment.FinishedAt > all.World.Now - SureAfter && ReasonOf(shipment, scope) is null;
}
