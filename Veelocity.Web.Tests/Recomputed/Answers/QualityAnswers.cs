using System.Text.Json.Nodes;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>How far the numbers can be believed, service by service (M36).</summary>
internal sealed class QualityAnswers(Recomputation all, Days days, StabilityAnswers stability)
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    /// <summary>Only what an answer says of services, which are in no order of theirs.</summary>
    public static JsonObject Shorten(JsonObject answer) => new()
    {
        ["orphan_incidents"] = answer["orphan_incidents"]!.DeepClone(),
        ["services"] = new JsonArray([.. answer["services"]!.AsArray().Select(row => row!["service"]!.DeepClone())]),
    };

    public JsonObject Quality(Scope scope) => Wording.Say(new
    {
        OrphanIncidents = scope.Holds((Service?)null) ? Incidents(scope).Count(c => c.Incident.ServiceId is null && c.By is null) : 0,
        Services = Wording.Say(all.World.Services.Where(s => scope.Holds(s)).Select(s => Of(s, scope with { Services = [s], WithUnknown = false }))),
    });

    private object Of(Service service, Scope scope)
    {
        var repository = all.World.RepositoryOf(service.RepositoryId);
        var here = all.Delivered.FindAll(d => scope.Holds(d.By));
        var linked = here.Select(d => d.Pull).ToHashSet();
        var merged = all.PullsOf(service).Where(p => p.BaseBranch == "main" && days.Whole.Holds(p.MergedAt!.Value) && all.WhyNot(p) is null).ToList();
        var (isIn, waits) = (merged.Count(linked.Contains), merged.Count(p => !linked.Contains(p) && p.MergedAt > all.World.Now - Patience));
        // What a person decided says nothing about the data.
        var incidents = Incidents(scope).Where(c => c.Method != "person" && c.Incident.LinkMethod != IncidentLinkMethod.Person && (ServiceOf(c) ?? c.By?.Service) == service).ToList();
        var successes = all.Shipments.FindAll(s => scope.Holds(s) && s is { HasSucceeded: true, IsExcluded: false } && days.Whole.Holds(s.FinishedAt));
        var byTime = successes.Count(s => s is { IsRelease: true, IsNew: true, IsFirst: false } && !all.Ancestry.Knows(s.Sha));
        var changes = here.FindAll(d => d.WhyNot is null && days.Whole.Holds(d.At));
        var skewed = changes.Count(d => d.IsSkewed);
        return new
        {
            service.Id,
            service.Name,
            Repository = repository.FullName,
            IsPart = service.PathGlobs.Length > 0,
            service.IsEstimated,
            LastDeployedAt = all.Shipments.Where(s => scope.Holds(s) && s.IsRelease).Select(s => (DateTimeOffset?)s.FinishedAt).Max(),
            Merged = merged.Count,
            Linked = isIn,
            Waiting = waits,
            Incidents = incidents.Count,
            LinkedIncidents = incidents.Count(c => c.By is not null),
            Deployments = successes.Count,
            KnownCommits = successes.Count(s => s.Sha is not null),
            ByTime = byTime,
            Changes = changes.Count,
            Skewed = skewed,
            UnlinkedCauses = incidents.Count(c => c.IsUnlinked),
            UnknownReverts = all.Reverts.Count(r => r.Target is null && r.By.RepositoryId == repository.Id && days.Whole.Holds(r.By.At)),
            Unlinked = merged.Count - isIn - waits,
            LinkedShare = Sums.Ratio(isIn, merged.Count - waits),
            LinkedIncidentsShare = Sums.Ratio(incidents.Count(c => c.By is not null), incidents.Count),
            KnownCommitsShare = Sums.Ratio(successes.Count(s => s.Sha is not null), successes.Count),
            ByTimeShare = Sums.Ratio(byTime, successes.Count),
            SkewedShare = Sums.Ratio(skewed, changes.Count),
        };
    }

    private IEnumerable<Cause> Incidents(Scope scope) => all.Causes.Where(c => stability.Counts(c.Incident) && days.Whole.Holds(c.Incident.StartedAt)
        && (scope.Environment is null ? Causes.IsOfProduction(c.Incident) : c.Incident.Environment == scope.Environment));

    private Service? ServiceOf(Cause cause) => all.World.Services.Find(s => s.Id == cause.Incident.ServiceId);
}
