using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Development;

/// <summary>One part of a split: a bucket of time, a repository, a team, a developer.</summary>
/// <param name="Key">A bucket's name, or an id.</param>
/// <param name="Start">Null when it is not of time.</param>
/// <param name="Within">Its part of the period.</param>
internal sealed record WorkGroup(string Key, string Label, DateOnly? Start, bool IsPartial, Instants Within);

/// <summary>The parts of a split, in order, and which of them a row belongs to: a person can be in several teams, an issue in several repositories.</summary>
internal sealed class WorkCut(IReadOnlyList<WorkGroup> groups, Func<WorkItem, IReadOnlyList<int>> placesOf, bool keepsEmpty)
{
    public IReadOnlyList<WorkGroup> Groups => groups;

    /// <summary>A bucket of time or a team without work is shown as such; a repository or a developer without any is not.</summary>
    public bool KeepsEmpty => keepsEmpty;

    public List<WorkItem>[] Into(IEnumerable<WorkItem> items)
    {
        var parts = groups.Select(_ => new List<WorkItem>()).ToArray();
        foreach (var item in items)
        {
            foreach (var place in placesOf(item)) parts[place].Add(item);
        }
        return parts;
    }
}

/// <summary>
/// Cuts work into the parts of a split. They add up: what has no team, repository or developer is <see cref="Unassigned"/>, which stands last (M28).
/// </summary>
public sealed class WorkGroups(VeelocityDb db, Rosters rosters, IssueEvents issues, TeamScopes teams)
{
    public const string Unassigned = "Unassigned";

    internal async Task<WorkCut> CutAsync(Period period, WorkScope scope, WorkSplit split, IReadOnlyCollection<Guid> issueIds, CancellationToken cancellation)
    {
        if (split.Time is { } grouping) return ByTime(period, grouping);
        if (split == WorkSplit.Repository) return await ByRepositoryAsync(period, scope, issueIds, cancellation);
        return split == WorkSplit.Team ? await ByTeamAsync(period, scope, cancellation) : await ByDeveloperAsync(period, scope, cancellation);
    }

    private static WorkCut ByTime(Period period, Grouping grouping)
    {
        var buckets = period.Buckets(grouping);
        var starts = buckets.Select(bucket => bucket.Span.From.UtcDateTime).ToArray();
        var places = Singles(buckets.Count);
        return new WorkCut(
            [.. buckets.Select(bucket => new WorkGroup(bucket.Key, bucket.Key, bucket.Start, bucket.IsPartial, bucket.Span))],
            item => Array.BinarySearch(starts, item.At) is var found && (found >= 0 ? found : ~found - 1) is >= 0 and var place ? places[place] : [],
            keepsEmpty: true);
    }

    private async Task<WorkCut> ByRepositoryAsync(Period period, WorkScope scope, IReadOnlyCollection<Guid> issueIds, CancellationToken cancellation)
    {
        var filter = scope.Filter;
        var names = (await rosters.OfAsync(filter.OrganizationId, cancellation)).Repositories
            .Where(r => filter.RepositoryId is null || r.Key == filter.RepositoryId).OrderBy(r => r.Value, StringComparer.OrdinalIgnoreCase).ToList();
        var places = names.Select((r, at) => (r.Key, at)).ToDictionary(r => r.Key, r => (IReadOnlyList<int>)[r.at]);
        var ofIssues = issueIds.Count == 0 ? null : await issues.RepositoriesAsync(filter.OrganizationId, issueIds, cancellation);
        return new WorkCut(
            [.. names.Select(r => new WorkGroup(r.Key.ToString(), r.Value, null, IsPartial: false, period.Span)), Rest(period)],
            item => (item.RepositoryId is { } one
                ? places.GetValueOrDefault(one, [])
                : [.. (ofIssues?[item.Id] ?? []).SelectMany(repository => places.GetValueOrDefault(repository, []))]) is { Count: > 0 } found ? found : [names.Count],
            keepsEmpty: false);
    }

    private async Task<WorkCut> ByTeamAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var organizationId = scope.Filter.OrganizationId;
        var all = await db.Teams.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).AsNoTracking()
            .Where(t => t.OrganizationId == organizationId && t.ArchivedAt == null).Where(t => scope.Filter.TeamId == null || t.Id == scope.Filter.TeamId)
            .OrderBy(t => t.Name).ThenBy(t => t.Id).Select(t => new { t.Id, t.Name }).ToListAsync(cancellation);
        var places = new Dictionary<Guid, List<int>>();
        var isWhole = scope.Filter.TeamId is not { } one || one == Filter.NoTeam;
        foreach (var (at, team) in all.Index())
        {
            foreach (var person in (await teams.OfAsync(organizationId, team.Id, cancellation)).PersonIds)
            {
                if (!places.TryGetValue(person, out var ofPerson)) places[person] = ofPerson = [];
                ofPerson.Add(at);
            }
        }
        return new WorkCut(
            [
                .. all.Select(team => new WorkGroup(team.Id.ToString(), team.Name, null, IsPartial: false, period.Span)),
                .. isWhole ? [Rest(period)] : Array.Empty<WorkGroup>(),
            ],
            item => item.PersonId is { } person && places.TryGetValue(person, out var ofPerson) ? ofPerson : isWhole ? [all.Count] : [],
            keepsEmpty: true);
    }

    private async Task<WorkCut> ByDeveloperAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var organizationId = scope.Filter.OrganizationId;
        var people = await db.People.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).AsNoTracking()
            .Where(p => p.OrganizationId == organizationId).Where(p => scope.PersonId == null || p.Id == scope.PersonId)
            .Select(p => new { p.Id, p.Name }).ToListAsync(cancellation);
        people.Sort((one, other) => string.Compare(one.Name, other.Name, StringComparison.OrdinalIgnoreCase) is not 0 and var order ? order : one.Id.CompareTo(other.Id));
        var places = people.Select((p, at) => (p.Id, at)).ToDictionary(p => p.Id, p => (IReadOnlyList<int>)[p.at]);
        return new WorkCut(
            [.. people.Select(p => new WorkGroup(p.Id.ToString(), p.Name, null, IsPartial: false, period.Span)), Rest(period)],
            item => item.PersonId is { } person && places.TryGetValue(person, out var place) ? place : [people.Count],
            keepsEmpty: false);
    }

    private static WorkGroup Rest(Period period) => new(Filter.NoTeam.ToString(), Unassigned, null, IsPartial: false, period.Span);

    private static IReadOnlyList<int>[] Singles(int count) => [.. Enumerable.Range(0, count).Select(at => (IReadOnlyList<int>)[at])];
}
