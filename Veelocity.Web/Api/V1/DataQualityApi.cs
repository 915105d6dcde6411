using Veelocity.Web.Metrics.Quality;
using Veelocity.Web.Organizations;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Api.V1;

/// <summary>How far the metrics can be believed, service by service.</summary>
internal static class DataQualityApi
{
    public static void MapDataQuality(this RouteGroupBuilder v1) =>
        v1.MapOrganizationGroup("/metrics").WithTags("Data quality").MapGet("/data-quality", AskAsync)
            .WithSummary("What is tied to what, what rests on time alone, what is estimated, and when everything was last read");

    private static async Task<DataQualityAnswer> AskAsync(
        [AsParameters] ScopeQuery query, CurrentOrganization organization, TimeProvider time, DataQuality quality, Freshness.Reader freshness, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var answer = await quality.AskAsync(period, filter, cancellation);
        return new DataQualityAnswer(
            period.FirstDay, period.LastDay, period.Zone.Id, (await freshness.ReadAsync(organization.Id, cancellation))?.AsOf, answer.OrphanIncidents,
            [.. answer.Services.Select(service => new ServiceQuality(service, QualityFinding.Of(service)))]);
    }
}

/// <param name="LastSync">What happened before it has been read; null while not everything was.</param>
/// <param name="OrphanIncidents">Of no known service and no release.</param>
internal sealed record DataQualityAnswer(
    DateOnly StartDate, DateOnly EndDate, string TimeZone, DateTimeOffset? LastSync, long OrphanIncidents, IReadOnlyList<ServiceQuality> Services);

/// <param name="Findings">What is poor; empty when nothing is.</param>
internal sealed record ServiceQuality(DataQuality.Measures Service, IReadOnlyList<QualityFinding> Findings);
