using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Sync.Rows;

namespace Veelocity.Web.Sync;

/// <summary>Stores what an issue tracker told, in the caller's transaction, and takes note of what it no longer has.</summary>
internal sealed class WorkWriter(VeelocityDb db, SetWriter writer)
{
    /// <summary>Answers how many rows were new, different or gone.</summary>
    public async Task<int> WriteAsync(WorkRows rows, CancellationToken cancellation)
    {
        var changed = await writer.MergeAsync(rows.Teams.Values, cancellation);
        changed += await writer.MergeAsync(rows.Projects.Values, cancellation);
        changed += await writer.MergeAsync(rows.Cycles.Values, cancellation);
        changed += await writer.MergeAsync(rows.Issues.Values, cancellation);
        if (rows.Issues.Count > 0)
        {
            changed += await writer.ReplaceAsync(rows.Spans, "issue_id", rows.Issues.Keys, cancellation);
            changed += await writer.ReplaceAsync(rows.Attachments, "issue_id", rows.Issues.Keys, cancellation);
        }
        return changed + await writer.MergeAsync(await StoredAsync(rows.LooseAttachments.Values, cancellation), cancellation);
    }

    /// <summary>An issue stays, marked as if in the bin: should it come back, what people said of it is still there.</summary>
    public Task<int> WriteAsync(Guid organizationId, Guid connectionId, Absence absence, CancellationToken cancellation) => absence switch
    {
        IssueGoneFact gone => BinAsync(db.Issues.Where(i => i.Id == Issue.IdOf(organizationId, gone.ExternalId)), cancellation),
        OnlyIssuesFact only => BinOthersAsync(connectionId, only, cancellation),
        CycleGoneFact gone => db.Cycles.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(c => c.Id == Cycle.IdOf(organizationId, gone.ExternalId)).ExecuteDeleteAsync(cancellation),
        ProjectGoneFact gone => db.Projects.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(p => p.Id == Project.IdOf(organizationId, gone.ExternalId)).ExecuteDeleteAsync(cancellation),
        _ => throw new ArgumentException($"Nothing is known to do with a {absence.GetType().Name}.", nameof(absence)),
    };

    private Task<int> BinOthersAsync(Guid connectionId, OnlyIssuesFact only, CancellationToken cancellation)
    {
        var kept = only.ExternalIds.ToArray();
        return BinAsync(
            db.Issues.Where(i => i.ConnectionId == connectionId && i.CreatedAt <= only.UpTo && (only.After == null || i.CreatedAt > only.After) && !kept.Contains(i.ExternalId)), cancellation);
    }

    private static Task<int> BinAsync(IQueryable<Issue> issues, CancellationToken cancellation) =>
        issues.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(i => !i.IsTrashed)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.IsTrashed, true), cancellation);

    // Linear lists the attachments of all issues, also of those that are too old or of teams that are not read.
    private async Task<List<IssueAttachment>> StoredAsync(IReadOnlyCollection<IssueAttachment> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0) return [];
        var asked = rows.Select(a => a.IssueId).Distinct().ToArray();
        var stored = (await db.Issues.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(i => asked.Contains(i.Id)).Select(i => i.Id).ToListAsync(cancellation)).ToHashSet();
        return [.. rows.Where(a => stored.Contains(a.IssueId))];
    }
}
