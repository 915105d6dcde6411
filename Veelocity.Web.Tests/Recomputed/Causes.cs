using System.Text.RegularExpressions;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>Why an incident happened, and what ended it (M22).</summary>
/// <param name="By">The deployment that caused it; null when unknown.</param>
/// <param name="Method">person, named, remedy or window; null when unlinked.</param>
/// <param name="Latest">The latest deployment before it, whatever the window.</param>
/// <param name="Gap">From that one's start to the incident's.</param>
/// <param name="IsUnlinked">It names a cause that no deployment before it matches.</param>
internal sealed record Cause(Incident Incident, Shipment? By, string? Method, Shipment? Fix, Shipment? Latest, TimeSpan? Gap, bool IsUnlinked)
{
    /// <summary>With another window than the organization's.</summary>
    public Shipment? ByWithin(int hours) => Method is null or "window" ? Gap < TimeSpan.FromHours(hours) ? Latest : null : By;
}

/// <summary>Finds the cause of each incident that counts for itself.</summary>
internal sealed partial class Causes(Recomputation all)
{
    private static readonly string[] Production = ["production", "production-eu"];

    public List<Cause> Find() => [.. all.World.Incidents.Where(i => i.MergedIntoId is null).Select(Find)];

    public static bool IsOfProduction(Incident incident) => incident.Environment is null || Production.Contains(incident.Environment);

    private Cause Find(Incident incident)
    {
        var service = all.World.Services.Find(s => s.Id == incident.ServiceId);
        var named = Refs(incident).Select(text => (Text: text, By: Named(incident, service, text))).ToList();
        var fix = FixOf(incident, service);
        var latest = Latest(incident, service);
        var gap = incident.StartedAt - latest?.StartedAt;
        var isUnlinked = named.Exists(n => n.By is null);
        var (by, method) = incident.LinkMethod == IncidentLinkMethod.Person ? (Chosen(incident), "person")
            : named.Find(n => n.By is not null).By is { } said ? (said, "named")
            : fix is { Target: { } target } ? (target, "remedy")
            : gap < TimeSpan.FromHours(all.World.WindowHours) ? (Release(latest!), "window")
            : (null, (string?)null);
        return new(incident, by, method, fix?.Fix, latest is null ? null : Release(latest), gap, isUnlinked);
    }

    private Shipment? Chosen(Incident incident) =>
        incident.DeploymentId is { } id ? all.Shipments.Find(s => Shipments.IdOf(s) == id) : null;

    // A repeat stands for the deployment that it repeats (M12).
    private static Shipment Release(Shipment shipment) => shipment.Repeats ?? shipment;

    private static IEnumerable<string> Refs(Incident incident) => incident.NamedCause?.Split(' ') ?? [];

    // The latest that shipped the commit, or the one of that address, before the incident.
    private Shipment? Named(Incident incident, Service? service, string text)
    {
        var shipped = Run().Match(text) is { Success: true } run ? all.Shipments.Where(s => IsAt(s, run.Value)).ToList()
            : text.Contains("://", StringComparison.Ordinal) ? []
            : WithCommit(text);
        return shipped.Where(s => s.HasSucceeded && s.StartedAt <= incident.StartedAt
                && (IsOfProduction(incident) ? s.IsProduction : s.Environment == incident.Environment))
            .OrderByDescending(s => s.Service == service).ThenByDescending(s => s.StartedAt).Select(Release).FirstOrDefault();
    }

    private static bool IsAt(Shipment shipment, string run) => shipment.Url == run || shipment.Url.StartsWith(run + "/", StringComparison.Ordinal);

    private List<Shipment> WithCommit(string sha)
    {
        var pull = all.World.Pulls.Find(p => p.MergeCommitSha == sha);
        HashSet<Shipment> first = [.. all.Places.Select(place => pull is null ? place.Of(sha) : all.Covers(place.Service, pull) ? place.Of(pull)?.By : null).OfType<Shipment>()];
        return all.Shipments.FindAll(s => s.Sha == sha || first.Contains(Release(s)));
    }

    // A rollback, a revert or a hotfix that started while it lasted; one that says what it repairs goes first.
    private (Shipment Fix, Shipment? Target)? FixOf(Incident incident, Service? service)
    {
        if (service is null || incident.ResolvedAt is null) return null;
        var fixes = all.Shipments.Where(s => s.IsRelease && s.Service == service && s.StartedAt > incident.StartedAt && s.StartedAt <= incident.ResolvedAt
                && (IsOfProduction(incident) ? s.IsProduction : s.Environment == incident.Environment) && all.Repairs.IsRepair(s))
            .Select(s => (Fix: s, Target: s.TakesBack ?? all.Repairs.RevertedBy(s)))
            .Select(f => f.Target?.StartedAt <= incident.StartedAt ? f : (f.Fix, Target: null)).ToList();
        return fixes.Count == 0 ? null : fixes.OrderByDescending(f => f.Target is not null).ThenByDescending(f => f.Fix.StartedAt).First();
    }

    private Shipment? Latest(Incident incident, Service? service)
    {
        if (service is null && incident.Environment is null) return null;
        return all.Shipments.Where(s => s.HasSucceeded && s.StartedAt < incident.StartedAt && (service is null || s.Service == service)
            && (incident.Environment is null ? s.IsProduction : s.Environment == incident.Environment)).MaxBy(s => s.StartedAt);
    }

    [GeneratedRegex("^https://.*/actions/runs/[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Run();
}
