using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking;

public sealed class DeploymentHistoryTests
{
    private static readonly CommitGraph Graph = new([Commit("v1"), Commit("v2", "v1"), Commit("v3", "v2")]);

    [Fact]
    public void M12_the_same_commit_again_is_no_further_release() =>
        Assert.Equal([true, false, true], Of("v1", "v1", "v2").Select(d => d.IsRelease));

    [Fact]
    public void M12_unknown_commits_are_releases_of_their_own() =>
        Assert.Equal([true, true], Of(null, null).Select(d => d.IsRelease));

    [Fact]
    public void M12_a_failure_between_two_successes_does_not_part_them()
    {
        var placed = DeploymentHistory.Of(
            [Deployment(1, "v1", 1), Deployment(2, "v2", 2, outcome: DeploymentOutcome.Failed), Deployment(3, "v1", 3)], Graph);
        Assert.Equal([true, false, false], placed.Select(d => d.IsRelease));
        Assert.DoesNotContain(placed, d => d.IsRollback);
    }

    [Fact]
    public void M12_environments_are_compared_apart()
    {
        var placed = DeploymentHistory.Of(
            [Deployment(1, "v1", 1) with { Environment = "staging", IsProduction = false }, Deployment(2, "v1", 2), Deployment(3, "v1", 3)], Graph);
        Assert.Equal(2, placed.Count(d => d.IsRelease));
    }

    [Fact]
    public void M14_V1_V2_V3_V1_the_last_is_a_rollback() =>
        Assert.Equal([false, false, false, true], Of("v1", "v2", "v3", "v1").Select(d => d.IsRollback));

    [Fact]
    public void M14_V1_V2_V3_V1_takes_back_V2_and_V3_is_superseded() =>
        Assert.Equal([null, null, null, "v2"], Of("v1", "v2", "v3", "v1").Select(d => d.TakesBack?.Sha));

    [Fact]
    public void M14_what_is_restored_a_second_time_counts_from_its_last_time() =>
        Assert.Equal("v3", Of("v1", "v2", "v1", "v3", "v1")[^1].TakesBack?.Sha);

    [Fact]
    public void M14_V1_V1_is_no_rollback() => Assert.DoesNotContain(Of("v1", "v1"), d => d.IsRollback);

    [Fact]
    public void M14_a_rollback_repeated_is_one_rollback() =>
        Assert.Equal([false, false, true, false], Of("v1", "v2", "v1", "v1").Select(d => d.IsRollback));

    [Fact]
    public void M16_the_first_known_deployment_has_unknown_contents() =>
        Assert.Equal(
            [DeploymentContents.Unknown, DeploymentContents.Ancestry, DeploymentContents.Time, DeploymentContents.None],
            Of("v1", "v2", "elsewhere", "v1").Select(d => d.Contents));

    [Fact]
    public void M16_a_failure_before_it_does_not_make_the_first_success_known()
    {
        var placed = DeploymentHistory.Of([Deployment(1, "v1", 1, outcome: DeploymentOutcome.Failed), Deployment(2, "v2", 2)], Graph);
        Assert.Equal([DeploymentContents.None, DeploymentContents.Unknown], placed.Select(d => d.Contents));
    }

    [Fact]
    public void M11_deployments_stand_in_the_order_they_finished_and_equals_in_the_order_they_were_made()
    {
        var placed = DeploymentHistory.Of([Deployment(10, "v2", 5, 4), Deployment(9, "v1", 5, 4), Deployment(8, "v3", 5, 1)], Graph);
        Assert.Equal(["v3", "v1", "v2"], placed.Select(d => d.Deployment.Sha));
    }

    private static List<PlacedDeployment> Of(params string?[] shas) =>
        DeploymentHistory.Of(shas.Select((sha, i) => Deployment(i + 1, sha, i + 1)), Graph);
}
