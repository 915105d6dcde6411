using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents;

/// <summary>
/// Merges incidents that are one incident seen in several places (M23). One of them counts and shows what all say; the
/// others stay as rows
/// of their own, so that splitting them changes nothing of what their source says. What a member merged or split stays
/// so.
/// </summary>
internal sealed class IncidentMerging(VeelocityDb db)
{
    public async Task<int> ApplyAsync(Guid organizationId, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('merging ' || {organizationId}::text, 0))", cancellation);
        var incidents = await db.Incidents.Where(i => i.OrganizationId == organizationId && i.Report != null)
            .OrderBy(i => i.Id).ToListAsync(cancellation);
        var places = incidents.Index().ToDictionary(i => i.Item.Id, i => i.Index);
        var byPeople = incidents.Index()
            .Where(i => i.Item.MergedByUserId is not null && i.Item.MergedIntoId is { } into
            && places.ContainsKey(into))
            .Select(i => (i.Index, places[i.Item.MergedIntoId!.Value]));
        var roots = IncidentGroups.Of(
            incidents.ConvertAll(i => i.Report!),
                incidents.Index().Where(i => i.Item.SplitAt is not null).Select(i => i.Index).ToHashSet(), byPeople);
        foreach (var group in incidents.Zip(roots).GroupBy(i => i.Second, i => i.First)) Merge([.. group], now);
        var changed = await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }

    private static void Merge(List<Incident> same, DateTimeOffset now)
    {
        // What a person named as the one to keep, then what a person touched, then the first.
        var into = same.Where(i => i.MergedByUserId is not null).Select(i => i.MergedIntoId).ToHashSet();
        var one = same.OrderBy(i => i.MergedByUserId is not null).ThenByDescending(i => into.Contains(i.Id))
            .ThenByDescending(i => i.IsTouchedByHand).ThenBy(i => i.Report!.StartedAt).ThenBy(i => i.Id).First();
        if (one.MergedIntoId is not null) one.Unmerge();
        foreach (var other in same.Where(i => i != one))
        {
            if (other.MergedIntoId != one.Id) other.MergeInto(one.Id, other.MergedByUserId,
                other.MergedByUserId is null ? now : other.MergedAt ?? now);
            other.Follow(other.Report!);
        }
        one.Follow(IncidentReport.Combined([.. same.Select(i => i.Report!)], one.Report!));
    }
}
