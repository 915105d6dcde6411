using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>Odd rows are counted and told, never taken away in silence (M6).</summary>
public sealed class OutlierTests(MetricsDatabase database)
{
    private const double Hour = 3600;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M6_skewed_rows_and_outliers_stay_in_the_lead_time_and_the_skewed_ones_are_told()
    {
        var data = MeasuredData.In(database, "UTC");
        for (var i = 0; i < 4; i++) data.Change("2026-03-04 10:00", 10);
        data.Change("2026-03-05 10:00", 10_000);
        data.Change("2026-03-05 11:00", 0);
        data.Put((owner, rows, next, _) =>
        {
            var spare = new List<object>();
            var at = data.Local("2026-03-06 10:00");
            owner.AddChange(spare, "web", next(), at, 2 * Hour, leftOut: null, pickup: null, review: null);
            rows.AddRange(spare.Where(row => row is not DeployedChange));
            var change = spare.OfType<DeployedChange>().Single();
            rows.Add(new DeployedChange
            {
                PullRequestId = change.PullRequestId,
                OrganizationId = change.OrganizationId,
                RepositoryId = change.RepositoryId,
                ServiceId = change.ServiceId,
                DeploymentId = change.DeploymentId,
                DeployedAt = at,
                LeadSeconds = 2 * Hour,
                CodingSeconds = 2 * Hour,
                IsSkewed = true,
            });
        });
        await data.SaveAsync();

        var period = data.Period("2026-03-01", "2026-03-31");
        var value = (await data.AskAsync(ask => ask.LeadTime.AskAsync(period, data.Filter, Stop))).Value;
        Assert.Equal((7, 10 * Hour), (value.Count, value.P50));
        Assert.Equal(((4 * 10) + 10_000 + 0 + 2) * Hour / 7, value.Mean!.Value, 1e-3);
        var slices = await data.AskAsync(ask => ask.LeadTime.DistributionAsync(period, data.Filter, Stop));
        Assert.Equal((7, 1), (slices.Sum(slice => slice.Count), slices[^1].Count));
        var quality = Assert.Single((await data.AskAsync(ask => ask.Quality.AskAsync(period, data.Filter, Stop))).Services);
        Assert.Equal((7, 1), (quality.Changes, quality.Skewed));
    }

    [Fact]
    public async Task M6_an_incident_of_a_year_and_one_of_no_time_are_in_the_mean_and_in_the_median()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Incident("2026-03-02 10:00", 1);
        data.Incident("2026-03-03 10:00", 8_760);
        data.Incident("2026-03-04 10:00", hours: -5); // an end before its start is its start
        await data.SaveAsync();

        var now = (await data.AskAsync(ask => ask.Recovery.AskAsync(data.Period("2026-03-01", "2026-03-31"), data.Filter, Stop))).Now;
        Assert.Equal((3, 8_761 * Hour / 3, 1 * Hour, 0), (now.Count, now.Mean!.Value, now.Median, now.Open));
    }
}
