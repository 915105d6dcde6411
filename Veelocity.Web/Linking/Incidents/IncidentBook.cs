using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Linking.Incidents;

/// <summary>
/// What members do with incidents by hand. Each act leaves an entry in the incident's timeline with who and when, and the releases behind
/// the metrics are found anew.
/// </summary>
public sealed class IncidentBook(VeelocityDb db, Linker linker, TimeProvider clock)
{
    /// <summary>Somebody of the organization who acts.</summary>
    public sealed record Member(Guid OrganizationId, Guid UserId);

    /// <summary>What a member writes down of an incident.</summary>
    /// <param name="ServiceId">What was affected; null when unknown.</param>
    /// <param name="NamedCause">A commit or the address of a deployment known to have brought it; null when none is.</param>
    public sealed record Entry(
        string Title, IncidentSeverity? Severity, Guid? ServiceId, string? Environment, DateTimeOffset StartedAt, DateTimeOffset? ResolvedAt,
        string? NamedCause, string? Url);

    public async Task<Incident> EnterAsync(Member member, Entry entry, CancellationToken cancellation)
    {
        await CheckAsync(member, entry, cancellation);
        var incident = new Incident
        {
            OrganizationId = member.OrganizationId,
            Title = entry.Title.Trim(),
            CreatedAt = clock.GetUtcNow(),
            CreatedByUserId = member.UserId,
        };
        Apply(incident, entry);
        await NameAsync(incident, cancellation);
        db.Incidents.Add(incident);
        Note(incident, member, IncidentEventKind.Started, entry.StartedAt, $"Entered by hand: {incident.Title}");
        Audit(incident, AuditAction.IncidentChanged, "Entered by hand.");
        if (entry.ResolvedAt is { } resolved) Note(incident, member, IncidentEventKind.Resolved, resolved, null);
        await SaveAsync(incident, cancellation);
        return incident;
    }

    public async Task EditAsync(Member member, Guid id, Entry entry, CancellationToken cancellation)
    {
        await CheckAsync(member, entry, cancellation);
        var incident = await FindAsync(id, cancellation);
        var before = (incident.Title, incident.Url, incident.Severity, incident.ServiceId, incident.Environment, incident.NamedCause, incident.StartedAt, incident.ResolvedAt);
        Apply(incident, entry);
        await NameAsync(incident, cancellation);
        incident.KeepAsSet(new[]
        {
            (nameof(Incident.Title), before.Title != incident.Title), (nameof(Incident.Url), before.Url != incident.Url),
            (nameof(Incident.Severity), before.Severity != incident.Severity), (nameof(Incident.ServiceId), before.ServiceId != incident.ServiceId),
            (nameof(Incident.Environment), before.Environment != incident.Environment), (nameof(Incident.NamedCause), before.NamedCause != incident.NamedCause),
            (nameof(Incident.StartedAt), before.StartedAt != incident.StartedAt), (nameof(Incident.ResolvedAt), before.ResolvedAt != incident.ResolvedAt),
        }.Where(field => field.Item2).Select(field => field.Item1));
        Note(incident, member, IncidentEventKind.Edited, clock.GetUtcNow(), null);
        Audit(incident, AuditAction.IncidentChanged, AuditDetail.OfChanged(db.Entry(incident), nameof(Incident.SetByHand), nameof(Incident.ServiceId)) ?? "Edited.");
        await SaveAsync(incident, cancellation);
    }

    public async Task ResolveAsync(Member member, Guid id, DateTimeOffset? at, CancellationToken cancellation)
    {
        var incident = await FindAsync(id, cancellation);
        if (!incident.IsOpen) throw new Refused("This incident is resolved already.", "already_resolved", StatusCodes.Status409Conflict);
        var now = clock.GetUtcNow();
        if (at > now) throw new Refused("An incident cannot be resolved in the future.", "in_the_future");
        incident.Resolve(at ?? now);
        incident.KeepAsSet(nameof(Incident.ResolvedAt));
        Note(incident, member, IncidentEventKind.Resolved, incident.ResolvedAt!.Value, null);
        Audit(incident, AuditAction.IncidentChanged, "Resolved.");
        await SaveAsync(incident, cancellation);
    }

    public async Task ReopenAsync(Member member, Guid id, CancellationToken cancellation)
    {
        var incident = await FindAsync(id, cancellation);
        if (incident.IsOpen) throw new Refused("This incident is open already.", "already_open", StatusCodes.Status409Conflict);
        incident.Reopen();
        incident.KeepAsSet(nameof(Incident.ResolvedAt));
        Note(incident, member, IncidentEventKind.Reopened, clock.GetUtcNow(), null);
        Audit(incident, AuditAction.IncidentChanged, "Reopened.");
        await SaveAsync(incident, cancellation);
    }

    /// <summary>Deletes one that a member reported; what a channel tells would be found again.</summary>
    public async Task DeleteAsync(Member member, Guid id, CancellationToken cancellation)
    {
        var incident = await FindAsync(id, cancellation);
        if (incident.Source != Incident.ByHand)
            throw new Refused("This incident was found in a channel and would come back. Exclude it from the metrics instead.", "detected");
        Audit(incident, AuditAction.IncidentChanged, "Deleted.");
        db.Incidents.Remove(incident);
        await db.SaveChangesAsync(cancellation);
        await FollowAsync(member.OrganizationId, cancellation);
    }

    /// <summary>Says which deployment caused it, whatever the rules would find.</summary>
    /// <param name="force">Also one that started after it or belongs to another service (M22).</param>
    public async Task LinkAsync(Member member, Guid id, Guid deploymentId, bool force, CancellationToken cancellation)
    {
        var incident = await FindAsync(id, cancellation);
        var deployment = await db.Deployments.AsNoTracking()
            .SingleOrDefaultAsync(d => d.Id == deploymentId && d.OrganizationId == member.OrganizationId, cancellation)
            ?? throw new Refused("There is no such deployment in this organization.", "unknown_deployment", StatusCodes.Status404NotFound);
        if (!force) await CheckAsync(incident, deployment, cancellation);
        var now = clock.GetUtcNow();
        incident.LinkByHand(deployment.Id, member.UserId, now);
        Note(incident, member, IncidentEventKind.Linked, now, $"{deployment.Title}, finished {deployment.FinishedAt:yyyy-MM-dd HH:mm} UTC", deployment.Url);
        Audit(incident, AuditAction.IncidentLinked, $"To the deployment {deployment.Title}.");
        await SaveAsync(incident, cancellation);
    }

    /// <summary>Says that no release brought it.</summary>
    public async Task UnlinkAsync(Member member, Guid id, CancellationToken cancellation)
    {
        var incident = await FindAsync(id, cancellation);
        var now = clock.GetUtcNow();
        incident.LinkByHand(null, member.UserId, now);
        Note(incident, member, IncidentEventKind.Unlinked, now, null);
        Audit(incident, AuditAction.IncidentUnlinked, "No deployment brought it.");
        await SaveAsync(incident, cancellation);
    }

    /// <summary>Leaves finding the release to the rules again.</summary>
    public async Task LinkByRuleAsync(Member member, Guid id, CancellationToken cancellation)
    {
        var incident = await FindAsync(id, cancellation);
        incident.LinkByRule();
        Note(incident, member, IncidentEventKind.Edited, clock.GetUtcNow(), "The deployment is found by rule again");
        Audit(incident, AuditAction.IncidentChanged, "The deployment is found by rule again.");
        await SaveAsync(incident, cancellation);
    }

    private async Task CheckAsync(Incident incident, Deployment deployment, CancellationToken cancellation)
    {
        if (deployment.StartedAt > incident.StartedAt)
            throw new Refused(
                $"This deployment started at {deployment.StartedAt:yyyy-MM-dd HH:mm} UTC, after the incident did. To link it anyway, use force.", "started_after_incident");
        if (incident.ServiceId is not { } affected || affected == deployment.ServiceId) return;
        var names = await db.Services.Where(s => s.Id == affected || s.Id == deployment.ServiceId)
            .ToDictionaryAsync(s => s.Id, s => s.Name, cancellation);
        throw new Refused(
            $"This deployment belongs to {names.GetValueOrDefault(deployment.ServiceId)}, the incident to {names.GetValueOrDefault(affected)}. To link it anyway, use force.", "other_service");
    }

    private async Task CheckAsync(Member member, Entry entry, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(entry.Title)) throw new Refused("Give the incident a title.", "title_missing") { Field = nameof(Entry.Title) };
        if (entry.StartedAt > clock.GetUtcNow()) throw new Refused("An incident cannot start in the future.", "in_the_future") { Field = nameof(Entry.StartedAt) };
        if (entry.ResolvedAt < entry.StartedAt) throw new Refused("An incident cannot end before it starts.", "ends_before_start") { Field = nameof(Entry.ResolvedAt) };
        if (entry.ResolvedAt > clock.GetUtcNow()) throw new Refused("An incident cannot be resolved in the future.", "in_the_future") { Field = nameof(Entry.ResolvedAt) };
        if (entry.ServiceId is { } service && !await db.Services.AnyAsync(s => s.Id == service && s.OrganizationId == member.OrganizationId, cancellation))
            throw new Refused("There is no such service in this organization.", "unknown_service") { Field = nameof(Entry.ServiceId) };
    }

    private async Task<Incident> FindAsync(Guid id, CancellationToken cancellation) =>
        await db.Incidents.SingleOrDefaultAsync(i => i.Id == id, cancellation)
        ?? throw new Refused("There is no such incident in this organization.", "unknown_incident", StatusCodes.Status404NotFound);

    private static void Apply(Incident incident, Entry entry)
    {
        (incident.Title, incident.Severity, incident.ServiceId) = (entry.Title.Trim(), entry.Severity, entry.ServiceId);
        (incident.Environment, incident.NamedCause, incident.Url) = (Given(entry.Environment), Given(entry.NamedCause), Given(entry.Url));
        incident.StartedAt = entry.StartedAt;
        if (entry.ResolvedAt is { } at) incident.Resolve(at);
        else incident.Reopen();

        static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    // An incident that names a repository which no service covers isn't the only service's (M22).
    private async Task NameAsync(Incident incident, CancellationToken cancellation)
    {
        if (incident.ServiceId is not null)
        {
            incident.NamesOther = false;
            return;
        }
        var known = await KnownNames.ReadAsync(db, cancellation);
        var (service, namesOther) = known.ServiceIn([incident.Title, incident.Url ?? "", incident.NamedCause ?? ""]);
        incident.NamesOther = service is null && namesOther;
    }

    private void Note(Incident incident, Member member, IncidentEventKind kind, DateTimeOffset at, string? text, string? url = null) =>
        db.IncidentEvents.Add(new IncidentEvent
        {
            OrganizationId = member.OrganizationId,
            IncidentId = incident.Id,
            Kind = kind,
            At = at,
            UserId = member.UserId,
            Text = text,
            Url = url,
        });

    private void Audit(Incident incident, AuditAction action, string detail) =>
        db.Audit(incident.OrganizationId, action, incident.Title, detail, clock.GetUtcNow(), incident.Id);

    private async Task SaveAsync(Incident incident, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        await FollowAsync(incident.OrganizationId, cancellation);
        await db.Entry(incident).ReloadAsync(cancellation);
    }

    private async Task FollowAsync(Guid organizationId, CancellationToken cancellation)
    {
        await linker.LinkIncidentsAsync(organizationId, cancellation);
        await db.Organizations.Where(o => o.Id == organizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.DataVersion, o => o.DataVersion + 1), cancellation);
    }
}
