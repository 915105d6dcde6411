using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Sources;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Sources;

public sealed class SourceFindingsTests
{
    private const double Day = 24;
    private static readonly double[] Daily = [0, 1, 2, 3, 4];

    [Fact]
    public void M8_a_source_that_fell_silent_while_changes_are_merged_is_a_finding()
    {
        var finding = Assert.Single(Find(Daily, merged: 6, now: 24));
        Assert.Equal((SourceProblem.SilentSource, 6, At(4 * Day)), (finding.Problem, finding.Count, finding.LastAt));
    }

    [Fact]
    public void M8_a_pause_is_no_silence_when_it_is_short_or_usual_or_nothing_is_merged()
    {
        Assert.Empty(Find(Daily, merged: 6, now: 17));
        Assert.Empty(Find([0, 14, 28, 42, 56], merged: 6, now: 100));
        Assert.Empty(Find(Daily, merged: 2, now: 24));
    }

    private static IEnumerable<SourceFinding> Find(double[] deployed, int merged, double now)
    {
        var last = deployed[^1] * Day;
        var facts = Facts() with
        {
            Workflows = [DeployWorkflow],
            Runs = [.. deployed.Select((day, i) => Run(i + 1, 1, "success", day * Day))],
            PullRequests = [Pull(100, "a", last - 1), .. Enumerable.Range(1, merged).Select(i => Pull(i, $"m{i}", last + i))],
        };
        var service = new Service { Name = "shop" };
        service.Detect(new ServiceSource(DeploymentSource.Workflow, DeployYml, null), "workflow Deploy", At(0));
        return new SourceFindings(facts, service).Find([.. SourceCandidates.Of(facts, ServiceScope.Of(facts, []), At(now * Day))], At(now * Day));
    }
}
