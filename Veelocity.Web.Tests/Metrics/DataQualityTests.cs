using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Quality;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>How far the numbers can be believed (M36).</summary>
public sealed class DataQualityTests(MetricsDatabase database)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M36_what_is_tied_and_what_waits_is_counted_for_the_service_and_not_for_another_organization()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Change("2026-03-04 10:00", 5);
        data.Change("2026-03-05 10:00", 5);
        data.Waiting(data.Local("2026-03-20 10:00")); // twelve days before now
        data.Waiting(data.Local("2026-03-01 10:00")); // more than thirty: it may never come
        data.Incident("2026-03-06 10:00", hours: 1);
        data.IncidentOfRelease("2026-03-07 10:00", 1, 2);
        data.Incident("2026-03-07 10:00", hours: 1, repository: null); // names nothing: it belongs to the only service
        data.Incident("2026-03-08 10:00", hours: 1, repository: null, namesOther: true);
        await data.SaveAsync();
        var answer = await data.AskAsync(ask => ask.Quality.AskAsync(data.Period("2026-03-01", "2026-03-31"), data.Filter, Stop));
        var service = Assert.Single(answer.Services);
        Assert.Equal((4, 2, 1, 1), (service.Merged, service.Linked, service.Waiting, service.Unlinked));
        Assert.Equal(2.0 / 3, service.LinkedShare!.Value, 1e-9);
        Assert.Equal((2, 0), (service.Incidents, service.LinkedIncidents)); // a member's word on the other is not the rules' merit
        Assert.Equal(1, answer.OrphanIncidents);
        Assert.Equal((3, 3, 0), (service.Deployments, service.KnownCommits, service.ByTime));
    }

    [Fact]
    public void M36_what_is_poor_is_named_from_its_threshold_on()
    {
        Assert.Empty(QualityFinding.Of(Good));
        Assert.Equal([QualityProblem.EstimatedSource], Problems(Good with { IsEstimated = true }));
        Assert.Equal([QualityProblem.NoDeployments], Problems(Good with { Deployments = 0, KnownCommits = 0, Linked = 0 }));
        Assert.Equal([QualityProblem.UnlinkedChanges], Problems(Good with { Linked = 79 }));
        Assert.Empty(QualityFinding.Of(Good with { Linked = 60, Waiting = 30 }));
        Assert.Equal([QualityProblem.UnknownCommits], Problems(Good with { KnownCommits = 39 }));
        Assert.Equal([QualityProblem.ContentsByTime], Problems(Good with { ByTime = 11 }));
        Assert.Equal([QualityProblem.UnlinkedIncidents], Problems(Good with { LinkedIncidents = 7 }));
        Assert.Equal([QualityProblem.SkewedClocks], Problems(Good with { Skewed = 6 }));
        Assert.Empty(QualityFinding.Of(Good with { Merged = 4, Linked = 0, Incidents = 4, LinkedIncidents = 0 }));
    }

    private static DataQuality.Measures Good => new(
        Guid.Empty, "web", "acme/web", IsPart: false, DeploymentSource.Environment, IsEstimated: false, null,
        Merged: 100, Linked: 100, Waiting: 0, Incidents: 10, LinkedIncidents: 10, Deployments: 50, KnownCommits: 50, ByTime: 0, Changes: 100, Skewed: 0);

    private static IEnumerable<QualityProblem> Problems(DataQuality.Measures service) => QualityFinding.Of(service).Select(finding => finding.Problem);
}
