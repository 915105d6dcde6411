using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Shared;

/// <summary>Reads period, repository, team and clock from the address, once, at the edge. Nonsense falls back to 30 days and says so.</summary>
internal sealed class PageFilterReader(VeelocityDb db, CurrentOrganization organization, HybridCache cache, TimeProvider clock)
{
    public const string DefaultKey = "30d";

    /// <summary>Null when the repository or the team is none of the organization's.</summary>
    public async Task<PageFilter?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var choices = await cache.GetOrCreateAsync(
            $"choices {organization.Id} {organization.DataVersion}", async stop => await ChoicesAsync(stop), cancellationToken: cancellation);
        var name = request.Query["repo"].ToString();
        var asked = request.Query["team"].ToString();
        // Names change without any number changing.
        if (!choices.Know(name, asked)) choices = await ChoicesAsync(cancellation);
        var (repositories, teams) = (choices.Repositories, choices.Teams);
        var repository = repositories.Find(r => string.Equals(r.FullName, name, StringComparison.OrdinalIgnoreCase));
        if (name.Length > 0 && repository is null) return null;

        var inUse = teams.Where(t => !t.IsArchived).Select(t => new PageFilter.TeamChoice(t.Id, t.Name, t.OwnsNothing)).ToList();
        if (inUse.Count > 0) inUse.Add(PageFilter.TeamChoice.NoTeam);
        var team = inUse.Find(t => t.Key == asked)
            ?? teams.Where(t => t.IsArchived && t.Id.ToString() == asked).Select(t => new PageFilter.TeamChoice(t.Id, $"{t.Name} (archived)", t.OwnsNothing)).FirstOrDefault();
        if (asked.Length > 0 && team is null) return null;
        if (team is not null && !inUse.Contains(team)) inUse.Add(team);

        var (period, key, problem) = PeriodOf(request.Query);
        return new PageFilter(
            organization.Slug, period, new Filter(organization.Id, repository?.Id, Working: WorkingOf(request.Query), TeamId: team?.Id), key,
            repository?.FullName, [.. repositories.Select(r => r.FullName)], team, inUse, problem);
    }

    private async Task<Choices> ChoicesAsync(CancellationToken cancellation) => new(
        await db.Repositories.Where(r => r.LeftAt == null && db.Services.Any(s => s.RepositoryId == r.Id))
            .OrderBy(r => r.FullName).Select(r => new RepositoryName(r.Id, r.FullName)).ToListAsync(cancellation),
        await db.Teams.OrderBy(t => t.Name).ThenBy(t => t.Id)
            .Select(t => new TeamName(
                t.Id, t.Name, t.ArchivedAt != null,
                !db.TeamRepositories.Any(r => r.TeamId == t.Id) && !db.TeamServices.Any(s => s.TeamId == t.Id)))
            .ToListAsync(cancellation));

    private (Period Period, string Key, string? Problem) PeriodOf(IQueryCollection query)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var now = clock.GetUtcNow();
        var fallback = Period.LastDays(30, zone, now);
        var (from, to) = (query["from"].ToString(), query["to"].ToString());
        if (from.Length == 0 && to.Length == 0)
        {
            var key = query["period"].ToString();
            var days = PageFilter.Lengths.FirstOrDefault(length => key == KeyOf(length));
            return days == 0 ? (fallback, DefaultKey, null) : (Period.LastDays(days, zone, now), key, null);
        }

        if (Day(from) is not { } first || Day(to) is not { } last)
            return (fallback, DefaultKey, "A custom period needs a first and a last day. Showing the last 30 days.");
        if (last < first)
            return (fallback, DefaultKey, "The last day was before the first. Showing the last 30 days.");
        if (last.DayNumber - first.DayNumber >= Period.LongestDays)
            return (fallback, DefaultKey, "A period can be three years at most. Showing the last 30 days.");
        return (new Period(first, last, zone, now), PageFilter.Custom, null);
    }

    private WorkingTime? WorkingOf(IQueryCollection query) => query["clock"] == PageFilter.WorkingClock
        ? new WorkingTime(organization.WorkingHours, TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone))
        : null;

    internal static string KeyOf(int days) => string.Create(CultureInfo.InvariantCulture, $"{days}d");

    private static DateOnly? Day(string text) => Dates.AskedDay(text);

    /// <summary>What can be chosen from, kept for each version of the organization's data.</summary>
    private sealed record Choices(List<RepositoryName> Repositories, List<TeamName> Teams)
    {
        public bool Know(string repository, string team) =>
            Repositories.Count > 0
            && (repository.Length == 0 || Repositories.Exists(r => string.Equals(r.FullName, repository, StringComparison.OrdinalIgnoreCase)))
            && (team.Length == 0 || team == PageFilter.TeamChoice.NoTeam.Key || Teams.Exists(t => t.Id.ToString() == team));
    }

    private sealed record RepositoryName(Guid Id, string FullName);

    private sealed record TeamName(Guid Id, string Name, bool IsArchived, bool OwnsNothing);
}
