using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Audit;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Where the subject of an entry can be looked at: its own page while it is there, else the page on which such things are changed.</summary>
internal sealed class AuditSubjects(VeelocityDb db, CurrentOrganization organization)
{
    /// <summary>Addresses by the entries' numbers.</summary>
    public async Task<IReadOnlyDictionary<long, string>> OfAsync(IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellation)
    {
        var ids = entries.Select(e => e.SubjectId).OfType<Guid>().Distinct().ToList();
        var pages = new Dictionary<Guid, string>();
        await AddAsync(db.Teams.Where(t => ids.Contains(t.Id)).Select(t => t.Id), "settings/teams");
        await AddAsync(db.Services.Where(s => ids.Contains(s.Id)).Select(s => s.Id), "settings/services");
        await AddAsync(db.Incidents.Where(i => ids.Contains(i.Id)).Select(i => i.Id), "incidents");
        await AddAsync(db.PullRequests.Where(p => ids.Contains(p.Id)).Select(p => p.Id), "changes");
        await AddAsync(db.Deployments.Where(d => ids.Contains(d.Id)).Select(d => d.Id), "deployments");
        await AddAsync(db.Issues.Where(i => ids.Contains(i.Id) && !i.IsTrashed).Select(i => i.Id), "issues");
        return entries.Where(e => e.SubjectId is not null ? pages.ContainsKey(e.SubjectId.Value) : PlaceOf(e.Action) is not null)
            .ToDictionary(e => e.Number, e => $"/o/{organization.Slug}/{(e.SubjectId is { } id ? pages[id] : PlaceOf(e.Action))}");

        async Task AddAsync(IQueryable<Guid> found, string folder)
        {
            if (ids.Count == 0) return;
            foreach (var id in await found.ToListAsync(cancellation)) pages[id] = $"{folder}/{id}";
        }
    }

    private static string? PlaceOf(AuditAction action) => action switch
    {
        AuditAction.SyncTriggered or AuditAction.SyncStopped => "settings/sync-history",
        AuditAction.MetricRulesChanged or AuditAction.EnvironmentChanged => "settings/rules",
        AuditAction.BuildRulesChanged => "settings/mobile-builds",
        AuditAction.IncidentRulesChanged => "settings/slack",
        AuditAction.PeopleMerged or AuditAction.PeopleSplit or AuditAction.PeopleKeptApart or AuditAction.AccountMarked => "settings/people",
        _ => action.Group() switch
        {
            AuditGroup.Organization => "settings/organization",
            AuditGroup.Members => "settings/members",
            AuditGroup.Connectors => "settings",
            AuditGroup.Tokens => "settings/tokens",
            _ => null,
        },
    };
}
