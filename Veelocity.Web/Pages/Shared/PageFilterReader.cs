using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Shared;

/// <summary>Reads period, repository and clock from the address, once, at the edge. Nonsense falls back to 30 days and says so.</summary>
internal sealed class PageFilterReader(VeelocityDb db, CurrentOrganization organization, TimeProvider clock)
{
    public const string DefaultKey = "30d";

    /// <summary>Null when the repository is none of the organization's.</summary>
    public async Task<PageFilter?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var repositories = await db.Repositories.Where(r => r.LeftAt == null && db.Services.Any(s => s.RepositoryId == r.Id))
            .OrderBy(r => r.FullName).Select(r => new { r.Id, r.FullName }).ToListAsync(cancellation);
        var name = request.Query["repo"].ToString();
        var repository = repositories.Find(r => string.Equals(r.FullName, name, StringComparison.OrdinalIgnoreCase));
        if (name.Length > 0 && repository is null) return null;

        var (period, key, problem) = PeriodOf(request.Query);
        return new PageFilter(
            organization.Slug, period, new Filter(organization.Id, repository?.Id, Working: WorkingOf(request.Query)), key,
            repository?.FullName, [.. repositories.Select(r => r.FullName)], problem);
    }

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

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
