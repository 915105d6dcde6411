using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Incidents;

/// <summary>One incident: its course, what it affected, the release that brought it and how that is known.</summary>
internal sealed class DetailsModel(
    VeelocityDb db, CurrentOrganization current, IncidentItems items, IncidentBook book, IncidentMerges merges,
        TimeProvider clock) : PageModel
{
    private const int MostCandidates = 40;
    private static readonly TimeSpan Near = TimeSpan.FromDays(2);

    public sealed record Entry(IncidentEventKind Kind, DateTimeOffset At, string? Who, string? Text, string? Url);

    public sealed record Candidate(Guid Id, string Service, string Title, string? Sha, DateTimeOffset FinishedAt);

    public IncidentItems.Item Incident { get; private set; } = null!;
    /// <summary>Open, and not heard of for so long that it may well be over.</summary>
    public bool IsStale { get; private set; }

    public IReadOnlyList<Entry> Timeline { get; private set; } = [];

    /// <summary>Releases that may have brought it, the latest first.</summary>
    public IReadOnlyList<Candidate> Candidates { get; private set; } = [];

    public Candidate? Fix { get; private set; }

    public sealed record Neighbor(Guid Id, string Title, DateTimeOffset StartedAt);

    /// <summary>The incident that counts in this one's place; null when it counts itself.</summary>
    public Neighbor? Into { get; private set; }

    public IReadOnlyList<Neighbor> Merged { get; private set; } = [];

    /// <summary>Incidents of about the same time, which may be the same one.</summary>
    public IReadOnlyList<Neighbor> Neighbors { get; private set; } = [];

    public bool IsSplit { get; private set; }
    public Dates Dates => Dates.ForReader(current.TimeZone);
    public string Slug => current.Slug;
    public bool MayChange => current.May(Permission.LinkIncidents);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await items.FindAsync(current.Id, id, cancellation) is not { } item) return NotFound();
        Incident = item;
        Timeline = await (
            from e in db.IncidentEvents
            where e.IncidentId == id || db.Incidents.Any(i => i.Id == e.IncidentId && i.MergedIntoId == id)
            join u in db.Users on e.UserId equals u.Id into members
            from u in members.DefaultIfEmpty()
            orderby e.At, e.Id
            select new Entry(e.Kind, e.At, u.FullName ?? e.Actor, e.Text, e.Url)).ToListAsync(cancellation);
        var incident = await db.Incidents.AsNoTracking().SingleAsync(i => i.Id == id, cancellation);
        IsStale = incident.IsStaleAt(clock.GetUtcNow());
        Fix = await CandidatesOf(db.Deployments.Where(d => d.Id == incident.FixDeploymentId)).SingleOrDefaultAsync(cancellation);
        if (MayChange)
            Candidates = await CandidatesOf(db.Deployments
                    .Where(d => d.IsProduction && d.IsRelease && d.StartedAt <= item.StartedAt + Near)
                    .OrderByDescending(d => d.StartedAt <= item.StartedAt
                        && (incident.ServiceId == null || d.ServiceId == incident.ServiceId))
                    .ThenByDescending(d => d.StartedAt).Take(MostCandidates))
                .ToListAsync(cancellation);
        IsSplit = incident.SplitAt is not null;
        Into = await NeighborsOf(db.Incidents.Where(i => i.Id == incident.MergedIntoId)).SingleOrDefaultAsync(cancellation);
        Merged = await NeighborsOf(db.Incidents.Where(i => i.MergedIntoId == id)).ToListAsync(cancellation);
        if (MayChange)
            Neighbors = await NeighborsOf(db.Incidents
                    .Where(i => i.Id != id && i.MergedIntoId == null && i.StartedAt > item.StartedAt - Near
                        && i.StartedAt < item.StartedAt + Near))
                .Take(MostCandidates).ToListAsync(cancellation);
        return Page();
    }

    [Requires(Permission.LinkIncidents)]
    public Task<IActionResult> OnPostResolveAsync(Guid id, CancellationToken cancellation) =>
        DoAsync(id, "Resolved.", member => book.ResolveAsync(member, id, at: null, cancellation));

    [Requires(Permission.LinkIncidents)]
    public Task<IActionResult> OnPostReopenAsync(Guid id, CancellationToken cancellation) =>
        DoAsync(id, "Open again.", member => book.ReopenAsync(member, id, cancellation));

    [Requires(Permission.LinkIncidents)]
    public Task<IActionResult> OnPostLinkAsync(Guid id, Guid deploymentId, bool force,
        CancellationToken cancellation) =>
        DoAsync(id, "Linked. The metrics follow.",
            member => book.LinkAsync(member, id, deploymentId, force, cancellation));

    [Requires(Permission.LinkIncidents)]
    public Task<IActionResult> OnPostUnlinkAsync(Guid id, CancellationToken cancellation) =>
        DoAsync(id, "No deployment brought it. The metrics follow.", member => book.UnlinkAsync(member, id, cancellation));

    [Requires(Permission.LinkIncidents)]
    public Task<IActionResult> OnPostByRuleAsync(Guid id, CancellationToken cancellation) =>
        DoAsync(id, "Found by rule again.", member => book.LinkByRuleAsync(member, id, cancellation));

    [Requires(Permission.LinkIncidents)]
    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken cancellation)
    {
        await book.DeleteAsync(new IncidentBook.Member(current.Id, User.RequiredCallerId()), id, cancellation);
        Flash.Done(TempData, "The incident is deleted. The metrics follow.");
        return Redirect($"/o/{Slug}/incidents");
    }

    [Requires(Permission.LinkIncidents)]
    public Task<IActionResult> OnPostMergeAsync(Guid id, Guid intoId, CancellationToken cancellation) =>
        DoAsync(id, "Merged. Split them to undo it.", member => merges.MergeAsync(member, id, intoId, cancellation));

    [Requires(Permission.LinkIncidents)]
    public Task<IActionResult> OnPostSplitAsync(Guid id, CancellationToken cancellation) =>
        DoAsync(id, "Split. This is an incident of its own now.",
            member => merges.SplitAsync(member, id, cancellation));

    [Requires(Permission.LinkIncidents)]
    public Task<IActionResult> OnPostMergeByRuleAsync(Guid id, CancellationToken cancellation) =>
        DoAsync(id, "Undone. Rules decide again.", member => merges.MergeByRuleAsync(member, id, cancellation));

    private async Task<IActionResult> DoAsync(Guid id, string done, Func<IncidentBook.Member, Task> act)
    {
        await act(new IncidentBook.Member(current.Id, User.RequiredCallerId()));
        Flash.Done(TempData, done);
        return Redirect($"/o/{Slug}/incidents/{id}");
    }

    private static IQueryable<Neighbor> NeighborsOf(IQueryable<Incident> incidents) =>
        incidents.OrderBy(i => i.StartedAt).ThenBy(i => i.Id).Select(i => new Neighbor(i.Id, i.Title, i.StartedAt));

    private IQueryable<Candidate> CandidatesOf(IQueryable<Deployment> deployments) =>
        from d in deployments
        join s in db.Services on d.ServiceId equals s.Id
        orderby d.FinishedAt descending
        select new Candidate(d.Id, s.Name, d.Title, d.Sha, d.FinishedAt);
}
