using Microsoft.Extensions.Caching.Hybrid;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Quality;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Shared;

/// <summary>
/// One line on a card whose data is poor (M36), over the last 90 days whatever the period: so long a period has enough to judge by. Counted
/// once for each version of the organization's data and day.
/// </summary>
internal sealed class QualityNotes(DataQuality quality, CurrentOrganization organization, HybridCache cache, TimeProvider clock)
{
    private const int Days = 90;

    public sealed record Notes(KpiMissing? Frequency, KpiMissing? LeadTime, KpiMissing? FailureRate);

    /// <param name="Services">Of how many, and how many of those are estimates.</param>
    public sealed record Sums(long Services, long Estimated, long Merged, long Linked, long Waiting, long Deployments, long ByTime, long Changes, long Skewed, long Incidents, long LinkedIncidents);

    public async Task<Notes> ReadAsync(PageFilter chosen, CancellationToken cancellation)
    {
        var period = Period.LastDays(Days, chosen.Period.Zone, clock.GetUtcNow());
        var sums = await cache.GetOrCreateAsync(
            $"quality {organization.Id} {organization.DataVersion} {chosen.Filter.RepositoryId} {chosen.Filter.TeamId} {period.LastDay:O}",
            async stop => Sum(await quality.AskAsync(period, chosen.Filter, stop)), cancellationToken: cancellation);
        var href = chosen.Address("/dora/data-quality");
        return new Notes(Note(OfFrequency(sums)), Note(OfLeadTime(sums)), Note(OfFailureRate(sums)));

        KpiMissing? Note(string? words) => words is null ? null : new KpiMissing(words, "Data quality", href);
    }

    private static Sums Sum(DataQuality.Answer answer)
    {
        // A split repository says the same of its pull requests for each of its services.
        var repositories = answer.Services.DistinctBy(s => s.Repository).ToList();
        var all = answer.Services;
        return new Sums(
            all.Count, all.Count(s => s.IsEstimated), repositories.Sum(s => s.Merged), repositories.Sum(s => s.Linked), repositories.Sum(s => s.Waiting),
            all.Sum(s => s.Deployments), all.Sum(s => s.ByTime), all.Sum(s => s.Changes), all.Sum(s => s.Skewed),
            all.Sum(s => s.Incidents) + answer.OrphanIncidents, all.Sum(s => s.LinkedIncidents));
    }

    private static string? OfFrequency(Sums sums) => sums.Estimated == 0 ? null
        : sums.Estimated == sums.Services ? "Estimated: merges are taken for deployments."
        : $"Estimated in {Numbers.Count(sums.Estimated)} of {Numbers.Count(sums.Services, "service")}: merges are taken for deployments.";

    private static string? OfLeadTime(Sums sums)
    {
        var settled = sums.Merged - sums.Waiting;
        if (settled >= QualityFinding.FewestItems && (double)sums.Linked / settled is var linked and < QualityFinding.LeastLinked)
            return $"Only {Numbers.Rate(linked)} of merged pull requests are tied to a deployment.";
        if (sums.Deployments >= QualityFinding.FewestItems && (double)sums.ByTime / sums.Deployments is var byTime and > QualityFinding.MostByTime)
            return $"The contents of {Numbers.Rate(byTime)} of deployments are told by time only.";
        if (sums.Changes >= QualityFinding.FewestItems && (double)sums.Skewed / sums.Changes is var skewed and > QualityFinding.MostSkewed)
            return $"The times of {Numbers.Rate(skewed)} of pull requests contradict each other.";
        return null;
    }

    private static string? OfFailureRate(Sums sums) =>
        sums.Incidents >= QualityFinding.FewestItems && (double)sums.LinkedIncidents / sums.Incidents is var linked and < QualityFinding.LeastLinked
            ? $"Only {Numbers.Rate(linked)} of incidents are tied to a release."
            : null;
}
