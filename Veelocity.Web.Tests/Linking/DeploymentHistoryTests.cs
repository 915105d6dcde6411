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

    [Fact]
    public void M12_two_regions_in_turn_are_two_deployments_and_two_repeats()
    {
        // A us, B us, A eu, B eu; each region of A began before B had finished anywhere.
        var placed = DeploymentHistory.Of(
            [Deployment(1, "v1", 10, 9), Deployment(2, "v2", 12, 10.5), Deployment(3, "v1", 13, 11), Deployment(4, "v2", 14, 13)], Graph);
        Assert.Equal([true, true, false, false], placed.Select(d => d.IsRelease));
        Assert.Equal([null, null, "v1", "v2"], placed.Select(d => d.Repeats?.Sha));
        Assert.DoesNotContain(placed, d => d.IsRollback);
    }

    [Fact]
    public void M14_a_deployment_created_before_the_newer_one_finished_is_no_rollback()
    {
        var late = DeploymentHistory.Of([Deployment(1, "v1", 1), Deployment(2, "v2", 5, 4), Deployment(3, "v1", 6, 4.9)], Graph)[^1];
        Assert.Equal((false, false, "v1"), (late.IsRelease, late.IsRollback, late.Repeats?.Sha));
        Assert.True(DeploymentHistory.Of([Deployment(1, "v1", 1), Deployment(2, "v2", 5, 4), Deployment(3, "v1", 6, 5)], Graph)[^1].IsRollback);
    }

    [Fact]
    public void M12_rolling_forward_after_a_rollback_is_a_deployment_that_fails_nothing()
    {
        var placed = Of("v1", "v2", "v1", "v2");
        Assert.Equal([true, true, true, true], placed.Select(d => d.IsRelease));
        Assert.Equal([null, null, "v2", null], placed.Select(d => d.TakesBack?.Sha));
        Assert.Equal(DeploymentContents.None, placed[^1].Contents);
    }

    [Fact]
    public void M14_a_second_rollback_after_rolling_forward_fails_the_roll_forward()
    {
        var placed = Of("v1", "v2", "v1", "v2", "v1");
        Assert.Same(placed[3].Deployment, placed[4].TakesBack);
    }

    [Fact]
    public void M14_back_to_a_commit_of_another_branch_is_a_rollback()
    {
        CommitGraph graph = new([Commit("v1"), Commit("v2", "v1"), Commit("x", "v1")]);
        var placed = DeploymentHistory.Of([Deployment(1, "v2", 1), Deployment(2, "x", 2), Deployment(3, "v2", 3)], graph);
        Assert.Equal([null, null, "x"], placed.Select(d => d.TakesBack?.Sha));
    }

    private static List<PlacedDeployment> Of(params string?[] shas) =>
        DeploymentHistory.Of(shas.Select((sha, i) => Deployment(i + 1, sha, i + 1)), Graph);
}
