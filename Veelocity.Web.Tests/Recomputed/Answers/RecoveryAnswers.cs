using System.Text.Json.Nodes;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Mean time to recovery, and the recovery from failed deployments (M23).</summary>
internal sealed class RecoveryAnswers(Recomputation all, Days days, DoraAnswers dora, StabilityAnswers stability)
{
    public JsonObject Recovery(Scope scope, string groupBy, IncidentSeverity? severity)
    {
        var (now, before) = (Within(scope, days.Whole, severity), Within(scope, days.Before, severity));
        var (lasted, lastedBefore) = (Lasted(now, scope), Lasted(before, scope));
        var ofRelease = Started(days.Whole, severity).Where(c => c.By is not null && c.Incident.ResolvedAt is not null && IsIn(scope, c.Incident) && scope.Holds(c.By.Service))
            .Select(c => (Detect: scope.Seconds(c.By!.FinishedAt, c.Incident.StartedAt), Fix: scope.Seconds(Later(c.By.FinishedAt, c.Incident.StartedAt), c.Incident.ResolvedAt!.Value))).ToList();
        return Wording.Say(new
        {
            Metric = "mttr",
            StartDate = days.First,
            EndDate = days.Last,
            TimeZone = days.ZoneId,
            Unit = "seconds",
            lasted.Count,
            Mean = lasted.Mean(),
            Median = lasted.Percentile(0.5),
            P90 = lasted.Percentile(0.9),
            Open = now.Count(IsOpen),
            Band = lasted.Count < 5 || scope.Clock is not null ? null : (lasted.Mean() / 3600) switch { < 1 => "elite", < 24 => "high", < 168 => "medium", _ => "low" },
            FailedDeploymentRecovery = new
            {
                ofRelease.Count,
                Mean = ofRelease.ConvertAll(o => o.Detect + o.Fix).Mean(),
                Median = ofRelease.ConvertAll(o => o.Detect + o.Fix).Percentile(0.5),
                Detect = ofRelease.ConvertAll(o => o.Detect).Mean(),
                Fix = ofRelease.ConvertAll(o => o.Fix).Mean(),
            },
            Previous = new { lastedBefore.Count, Mean = lastedBefore.Mean(), Change = Sums.Change(lasted.Mean(), lasted.Count, lastedBefore.Mean(), lastedBefore.Count) },
            BySeverity = Wording.Say(Within(scope, days.Whole, null).GroupBy(c => c.Incident.Severity).Select(g => (g.Key, Lasted: Lasted(g, scope), Open: g.Count(IsOpen)))
                .Select(g => new { Severity = g.Key?.ToString().ToLowerInvariant(), g.Lasted.Count, Mean = g.Lasted.Mean(), Median = g.Lasted.Percentile(0.5), g.Open })),
            Groups = Wording.Say(dora.Groups(scope, groupBy).Select(g => (g, Lasted: Lasted(Within(g.Scope, g.In, severity), scope))).Where(g => g.g.Start is not null || g.Lasted.Count > 0)
                .Select(g => new { g.g.Key, g.g.Label, g.g.Start, g.Lasted.Count, Mean = g.Lasted.Mean(), Median = g.Lasted.Percentile(0.5), g.g.Partial })),
        });
    }

    /// <summary>Incidents that started in a stretch, by what they affected; what caused one says so where nothing else does.</summary>
    public List<Cause> Within(Scope scope, Stretch stretch, IncidentSeverity? severity) =>
        [.. Started(stretch, severity).Where(c => IsIn(scope, c.Incident) && scope.Holds(all.World.Services.Find(s => s.Id == c.Incident.ServiceId) ?? c.By?.Service))];

    private IEnumerable<Cause> Started(Stretch stretch, IncidentSeverity? severity) => all.Causes.Where(c =>
        stability.Counts(c.Incident) && stretch.Holds(c.Incident.StartedAt) && (severity is null || c.Incident.Severity == severity));

    private static bool IsIn(Scope scope, Incident incident) =>
        scope.Environment is null ? Causes.IsOfProduction(incident) : incident.Environment == scope.Environment;

    private static List<double> Lasted(IEnumerable<Cause> causes, Scope scope) =>
        [.. causes.Where(c => c.Incident.ResolvedAt is not null).Select(c => scope.Seconds(c.Incident.StartedAt, c.Incident.ResolvedAt!.Value))];

    private static bool IsOpen(Cause cause) => cause.Incident is { ResolvedAt: null, HasUnknownEnd: false };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
