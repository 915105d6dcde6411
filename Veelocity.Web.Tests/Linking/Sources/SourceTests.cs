using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Sources;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Sources;

public sealed class SourceTests
{
    [Theory]
    [InlineData("success", DeploymentOutcome.Succeeded)]
    [InlineData("failure", DeploymentOutcome.Failed)]
    [InlineData("timed_out", DeploymentOutcome.Failed)]
    [InlineData("startup_failure", DeploymentOutcome.Failed)]
    [InlineData("cancelled", null)]
    [InlineData("skipped", null)]
    [InlineData("neutral", null)]
    [InlineData("stale", null)]
    [InlineData("action_required", null)]
    [InlineData(null, null)]
    public void M9_the_conclusion_of_a_run_decides_what_it_is(string? conclusion, DeploymentOutcome? outcome) =>
        Assert.Equal(outcome, OfRuns(null, Run(1, 1, conclusion, 1)).SingleOrDefault()?.Outcome);

    [Fact]
    public void M10_a_rerun_of_a_success_does_not_move_the_deployment()
    {
        var deployment = Assert.Single(OfRuns(null, Run(1, 1, "success", 5), Run(1, 2, "success", 9), Run(1, 3, "failure", 12)));
        Assert.Equal((At(5), DeploymentOutcome.Succeeded), (deployment.FinishedAt, deployment.Outcome));
    }

    [Fact]
    public void M10_the_first_success_after_failures_is_the_deployment_at_its_own_completion()
    {
        var deployment = Assert.Single(OfRuns(null, Run(1, 1, "failure", 5), Run(1, 2, "success", 9)));
        Assert.Equal((At(4.5), At(9), DeploymentOutcome.Succeeded), (deployment.StartedAt, deployment.FinishedAt, deployment.Outcome));
    }

    [Fact]
    public void M10_a_run_that_never_succeeded_is_one_failure_at_its_last_failed_attempt()
    {
        var deployment = Assert.Single(OfRuns(null, Run(1, 1, "failure", 5), Run(1, 2, "timed_out", 9), Run(1, 3, "cancelled", 12)));
        Assert.Equal((At(9), DeploymentOutcome.Failed), (deployment.FinishedAt, deployment.Outcome));
    }

    [Fact]
    public void M8_runs_on_the_default_branch_and_on_tags_count_unless_a_member_chooses_branches()
    {
        RunFacts[] runs =
        [
            Run(1, 1, "success", 1), Run(2, 1, "success", 2, "v1.0"), Run(3, 1, "success", 3, "change-3", "pull_request"),
            Run(4, 1, "success", 4, "topic"), Run(5, 1, "success", 5, "release/2"), Run(6, 1, "success", 6, "gh-readonly-queue/main/pr-7", "merge_group"),
            Run(7, 1, "success", 7, "nightly-2", "release"),
        ];
        Assert.Equal(["run 1", "run 2", "run 7"], OfRuns(null, runs).Select(d => d.SourceKey));
        Assert.Equal(["run 1"], OfRuns(Main, runs).Select(d => d.SourceKey));
        Assert.Equal(["run 1", "run 5"], OfRuns("main, release/*", runs).Select(d => d.SourceKey));
        Assert.Equal(["run 1", "run 2", "run 4", "run 5", "run 7"], OfRuns("*", runs).Select(d => d.SourceKey));
    }

    [Fact]
    public void M8_a_known_branch_that_looks_like_a_version_is_no_tag()
    {
        var facts = Facts() with { Workflows = [DeployWorkflow], Runs = [Run(1, 1, "success", 1, "1.2")], PullRequests = [Pull(1) with { BaseBranch = "1.2" }] };
        Assert.Empty(WorkflowSource.Derive(facts, new ServiceSource(DeploymentSource.Workflow, DeployYml, null)));
    }

    [Fact]
    public void M11_a_deployment_succeeded_at_its_first_success_whatever_came_after()
    {
        var deployment = Assert.Single(OfEnvironments(Into("production", 1, 1, ("in_progress", 2), ("success", 3), ("inactive", 9), ("success", 10))));
        Assert.Equal((At(1), At(3), true), (deployment.StartedAt, deployment.FinishedAt, deployment.IsProduction));
    }

    [Fact]
    public void M9_a_deployment_fails_by_failure_or_error_and_is_none_while_pending_or_abandoned()
    {
        var deployments = OfEnvironments(
            Into("production", 1, 1, ("failure", 2)),
            Into("production", 2, 1, ("error", 2), ("failure", 4)),
            Into("production", 3, 1, ("failure", 2), ("success", 3)),
            Into("production", 4, 1, ("queued", 2), ("in_progress", 3)),
            Into("production", 5, 1, ("pending", 2), ("inactive", 3)),
            Into("production", 6, 1)).ToList();
        Assert.Equal(["deployment 1", "deployment 2", "deployment 3"], deployments.Select(d => d.SourceKey));
        Assert.Equal([At(2), At(4), At(3)], deployments.Select(d => d.FinishedAt));
        Assert.Equal([false, false, true], deployments.Select(d => d.IsSuccess));
    }

    [Fact]
    public void M13_only_the_service_environment_is_production_and_transient_ones_give_nothing()
    {
        var deployments = OfEnvironments(
            Into("production", 1, 1, ("success", 2)), Into("staging", 2, 1, ("success", 2)), Into("preview-7", 3, 1, ("success", 2)));
        Assert.Equal([("production", true), ("staging", false)], deployments.Select(d => (d.Environment, d.IsProduction)));
    }

    [Theory]
    [InlineData("https://ci.example.com/42", "https://ci.example.com/42")]
    [InlineData("javascript:alert(1)", "https://github.com/acme/shop/deployments/production")]
    [InlineData(null, "https://github.com/acme/shop/deployments/production")]
    public void A_deployment_links_to_its_log_only_when_that_is_on_the_web(string? logUrl, string url)
    {
        var deployment = Into("production", 1, 1) with { Statuses = [new("success", At(2), logUrl)] };
        Assert.Equal(url, OfEnvironments(deployment).Single().Url);
    }

    [Fact]
    public void M8_releases_count_when_published_and_final()
    {
        var facts = Facts() with { Releases = [Release("v1", 1), Release("v2", null, isDraft: true), Release("v3-rc", 3, isPrerelease: true)] };
        var deployment = Assert.Single(ReleaseSource.Derive(facts));
        Assert.Equal(("release v1", At(1)), (deployment.SourceKey, deployment.FinishedAt));
    }

    [Fact]
    public void M8_merges_into_the_default_branch_are_estimated_deployments()
    {
        var facts = Facts() with { PullRequests = [Pull(1, "a", 1), Pull(2, "b", 2) with { BaseBranch = "release-1" }, Pull(3)] };
        Assert.Equal("pull request 1", Assert.Single(MergedPullRequestSource.Derive(facts)).SourceKey);
    }

    private static IEnumerable<DerivedDeployment> OfRuns(string? branch, params RunFacts[] runs) => WorkflowSource.Derive(
        Facts() with { Workflows = [DeployWorkflow], Runs = runs }, new ServiceSource(DeploymentSource.Workflow, DeployYml, branch));

    private static IEnumerable<DerivedDeployment> OfEnvironments(params EnvironmentDeploymentFacts[] deployments) =>
        EnvironmentSource.Derive(
            Facts() with { Environments = [new("preview-7", null, IsDeclaredTransient: true)], EnvironmentDeployments = deployments },
            new ServiceSource(DeploymentSource.Environment, "production", null));
}
