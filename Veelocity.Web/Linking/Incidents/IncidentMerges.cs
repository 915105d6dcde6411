using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Linking.Incidents;

/// <summary>
/// Lets members say that two incidents are one (M23), or that one is an incident of its own, and undo it. What a
/// member says holds until
/// someone undoes it; the numbers follow immediately.
/// </summary>
public sealed class IncidentMerges(VeelocityDb db, Linker linker, TimeProvider clock)
{
    public async Task MergeAsync(IncidentBook.Member member, Guid id, Guid intoId, CancellationToken cancellation)
    {
        var incident = await FindAsync(member, id, cancellation);
        var into = await db.Incidents
            .SingleOrDefaultAsync(i => i.Id == intoId && i.OrganizationId == member.OrganizationId, cancellation)
            ?? throw new Refused("There is no such incident in this organization.", "unknown_incident",
                StatusCodes.Status404NotFound);
        if (into.MergedIntoId is { } further && further != id) into = await FindAsync(member, further, cancellation);
        if (into.Id == id) throw new Refused("An incident can't be merged into itself.", "same_incident") { Field = "IntoId" };
        incident.KeepAsEntered();
        into.KeepAsEntered();
        var now = clock.GetUtcNow();
        if (into.MergedIntoId == id) into.MergeByRule();
        // What was merged into it goes along.
        foreach (var other in await db.Incidents.Where(i => i.MergedIntoId == id).ToListAsync(cancellation))
            other.MergeInto(into.Id, other.MergedByUserId, now);
        incident.MergeInto(into.Id, member.UserId, now);
        Note(incident, into, member, IncidentEventKind.Merged, now, $"{incident.Title} was merged into this incident");
        await SaveAsync(incident, AuditAction.IncidentMerged, $"Into {into.Title}.", cancellation);
    }

    /// <summary>No rule merges it again.</summary>
    public async Task SplitAsync(IncidentBook.Member member, Guid id, CancellationToken cancellation)
    {
        var incident = await FindAsync(member, id, cancellation);
        if (incident.MergedIntoId is not { } intoId) throw new Refused("This incident isn't merged into another one.", "not_merged");
        var now = clock.GetUtcNow();
        incident.Split(member.UserId, now);
        Note(incident, incident, member, IncidentEventKind.Split, now, "Split off as an incident of its own");
        var into = await db.Incidents.Where(i => i.Id == intoId).Select(i => i.Title).SingleAsync(cancellation);
        await SaveAsync(incident, AuditAction.IncidentSplit, $"From {into}.", cancellation);
    }

    /// <summary>Undoes what members said: rules decide again whether it is merged.</summary>
    public async Task MergeByRuleAsync(IncidentBook.Member member, Guid id, CancellationToken cancellation)
    {
        var incident = await FindAsync(member, id, cancellation);
        if (incident is { MergedByUserId: null, SplitAt: null })
            throw new Refused("No member merged or split this incident.", "not_merged");
        var (action, detail) = incident.SplitAt is null ? (AuditAction.IncidentSplit, "Merge undone.")
            : (AuditAction.IncidentMerged, "Split undone.");
        incident.MergeByRule();
        Note(incident, incident, member, IncidentEventKind.Edited, clock.GetUtcNow(), detail);
        await SaveAsync(incident, action, detail, cancellation);
    }

    private async Task<Incident> FindAsync(IncidentBook.Member member, Guid id, CancellationToken cancellation) =>
        await db.Incidents
            .SingleOrDefaultAsync(i => i.Id == id && i.OrganizationId == member.OrganizationId, cancellation)
        ?? throw new Refused("There is no such incident in this organization.", "unknown_incident",
            StatusCodes.Status404NotFound);

    private void Note(Incident about, Incident of, IncidentBook.Member member, IncidentEventKind kind,
        DateTimeOffset at, string text) =>
        db.IncidentEvents.Add(new IncidentEvent
        {
            OrganizationId = about.OrganizationId,
            IncidentId = of.Id,
            Kind = kind,
            At = at,
            UserId = member.UserId,
            Text = text,
        });

    private async Task SaveAsync(Incident incident, AuditAction action, string detail, CancellationToken cancellation)
    {
        db.Audit(incident.OrganizationId, action, incident.Title, detail, clock.GetUtcNow(), incident.Id);
        await db.SaveChangesAsync(cancellation);
        await linker.LinkIncidentsAsync(incident.OrganizationId, cancellation);
        await db.Organizations.Where(o => o.Id == incident.OrganizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.DataVersion, o => o.DataVersion + 1), cancellation);
    }
}
