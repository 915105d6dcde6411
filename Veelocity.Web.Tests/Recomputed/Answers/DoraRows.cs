using System.Text.Json.Nodes;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>The rows behind the DORA metrics (M35): in the value, beside it, or excluded with the reason.</summary>
internal sealed class DoraRows(Recomputation all, Days days, Scope scope)
{
    private readonly DoraAnswers dora = new(all, days);

    private StabilityAnswers Stability => field ??= new(all, days, dora);

    public Dictionary<string, Func<JsonArray>> Addresses() => new(StringComparer.Ordinal)
    {
        ["deployment-frequency/items?"] = () => Deployments(s => s.Counts),
        ["deployment-frequency/items?selection=left_out"] = () => Deployments(s => !s.Counts),
        ["change-failure-rate/items?"] = () => Deployments(s => IsRisky(s) && HasFailed(s)),
        ["change-failure-rate/items?selection=others"] = () => Deployments(s => IsRisky(s) && !HasFailed(s)),
        ["change-failure-rate/items?selection=left_out"] = () => Deployments(s => !IsRisky(s)),
        ["rework-rate/items?"] = () => Deployments(s => s.Counts && ReworkOf(s) is not null),
        ["rework-rate/items?selection=others"] = () => Deployments(s => s.Counts && ReworkOf(s) is null),
        ["rework-rate/items?selection=left_out"] = () => Deployments(s => !s.Counts),
        ["lead-time/items?"] = () => Changes(d => d.WhyNot is null),
        ["lead-time/items?selection=left_out"] = () => Changes(d => d.WhyNot is not null),
        ["lead-time/items?selection=waiting"] = Waiting,
        ["mttr/items?"] = () => Incidents(c => Stability.Counts(c.Incident) && c.Incident.ResolvedAt is not null),
        ["mttr/items?selection=left_out"] = () => Incidents(c => !Stability.Counts(c.Incident) || c.Incident.ResolvedAt is null),
    };

    private static bool IsRisky(Shipment shipment) => shipment is { Counts: true, IsRollback: false };

    private bool HasFailed(Shipment shipment) => Stability.ReasonOf(shipment, scope) is not null;

    private string? ReworkOf(Shipment shipment) => shipment is { IsProduction: true, IsRelease: true } ? Stability.KindOf(shipment) : null;

    private JsonArray Deployments(Func<Shipment, bool> which) =>
        Wording.Say(all.Shipments.Where(s => scope.Holds(s) && days.Whole.Holds(s.FinishedAt) && which(s)).Select(s => new
        {
            Id = Shipments.IdOf(s),
            Repository = all.World.RepositoryOf(s.Service.RepositoryId).FullName,
            Service = s.Service.Name,
            s.Environment,
            s.Title,
            s.Sha,
            s.Url,
            Outcome = s.HasSucceeded ? "succeeded" : "failed",
            s.FinishedAt,
            s.IsRelease,
            s.IsRollback,
            Contents = !s.IsRelease || !s.IsNew ? "none" : s.IsFirst ? "unknown" : all.Ancestry.Knows(s.Sha) ? "ancestry" : "time",
            Changes = s.IsProduction ? all.Delivered.Count(d => d.By == s) : 0,
            FailedBy = Reasons(s) is [] ? null : Stability.ReasonOf(s, scope),
            FailureReasons = Reasons(s),
            Rework = ReworkOf(s),
            LeftOut = s.IsExcluded ? "by_person" : null,
        }));

    private List<string> Reasons(Shipment shipment) => shipment is { IsProduction: true, IsRelease: true } ? Stability.Reasons(shipment, scope) : [];

    private JsonArray Changes(Func<Delivery, bool> which) => Wording.Say(dora.In(scope, days.Whole).Where(which).Select(d => new
    {
        PullRequestId = d.Pull.Id,
        Repository = all.World.RepositoryOf(d.Pull.RepositoryId).FullName,
        d.Pull.Number,
        d.Pull.Title,
        d.Pull.Url,
        FirstCommitAt = d.At.AddSeconds(-d.Lead),
        d.Pull.MergedAt,
        DeployedAt = d.At,
        DeploymentId = Shipments.IdOf(d.By),
        Deployment = d.By.Title,
        DeploymentUrl = d.By.Url,
        LeadSeconds = d.Lead,
        CodingSeconds = d.Coding,
        PickupSeconds = d.Pickup,
        ReviewSeconds = d.Review,
        MergeSeconds = d.Merge,
        DeploySeconds = d.Deploy,
        LeftOut = d.WhyNot,
        d.IsByTime,
        d.IsSkewed,
    }));

    private JsonArray Waiting() => Wording.Say(dora.Waiting(scope).Select(p => new
    {
        PullRequestId = p.Id,
        p.Number,
        p.Url,
        FirstCommitAt = p.FirstCommitAt < p.CreatedAt ? p.FirstCommitAt : p.CreatedAt,
        p.MergedAt,
        DeployedAt = (DateTimeOffset?)null,
        LeadSeconds = (double?)null,
    }));

    private JsonArray Incidents(Func<Cause, bool> which) => Wording.Say(all.Causes.Where(c => days.Whole.Holds(c.Incident.StartedAt) && which(c)
        && (scope.Environment is null ? Causes.IsOfProduction(c.Incident) : c.Incident.Environment == scope.Environment)
        && scope.Holds(ServiceOf(c) ?? c.By?.Service)).Select(c => new
    {
        c.Incident.Id,
        c.Incident.Title,
        Severity = c.Incident.Severity?.ToString().ToLowerInvariant(),
        Service = ServiceOf(c)?.Name,
        c.Incident.Environment,
        c.Incident.StartedAt,
        c.Incident.ResolvedAt,
        State = c.Incident.ResolvedAt is not null ? "resolved" : c.Incident.HasUnknownEnd ? "end_unknown" : "open",
        Seconds = (c.Incident.ResolvedAt - c.Incident.StartedAt)?.TotalSeconds,
        DeploymentId = c.By is null ? null : (Guid?)Shipments.IdOf(c.By),
        DeploymentTitle = c.By?.Title,
        DeploymentFinishedAt = c.By?.FinishedAt,
        SecondsFromRelease = c.By is null || c.Incident.ResolvedAt is not { } end ? null : (double?)Math.Max(0, (end - c.By.FinishedAt).TotalSeconds),
        LinkMethod = c.Method,
        LeftOut = Stability.Counts(c.Incident) ? null : "by_person",
    }));

    private Service? ServiceOf(Cause cause) => all.World.Services.Find(s => s.Id == cause.Incident.ServiceId);
}
