using Veelocity.Web.Metrics.Planning;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Planning;

/// <summary>Scope and progress in words.</summary>
internal static class PlanningWords
{
    /// <summary>Points can be halves; a dash for none.</summary>
    public static string Amount(double? amount) => amount is { } value ? Numbers.Amount(value) : "—";

    public static string Completed(ScopeOverTime scope) => scope.Now is null ? "—" : $"{Amount(scope.Completed ?? 0)} of {Amount(scope.Now)}";

    public static string Completed(Projects.Item project) =>
        project.Issues == 0 ? "—" : $"{Numbers.Count(project.Completed)} of {Numbers.Count(project.Issues)}";

    /// <summary>How it went, in one sentence.</summary>
    public static string Headline(Cycles.Item cycle)
    {
        if (cycle.Issues.Share is not { } share) return cycle.Standing == CycleStanding.Planned ? "Not begun" : "Nothing is planned in it";
        var done = $"{Numbers.Rate(share)} of its scope {(cycle.Standing == CycleStanding.Over ? "was" : "is")} completed";
        return cycle.Issues.Added > 0 ? $"{done}; {Amount(cycle.Issues.Added)} added after the start" : $"{done}; nothing was added after the start";
    }

    public static string Health(string health) => health switch { "onTrack" => "On track", "atRisk" => "At risk", "offTrack" => "Off track", _ => health };

    public static string HealthTone(string health) => health switch { "onTrack" => "pill-good", "atRisk" => "pill-caution", "offTrack" => "pill-bad", _ => "" };
}
