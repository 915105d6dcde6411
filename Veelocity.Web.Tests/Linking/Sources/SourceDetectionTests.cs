using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Sources;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Sources;

public sealed class SourceDetectionTests
{
    private const double Day = 24;
    private const double Now = 400 * Day;
    private const double Lately = 390 * Day;
    private const double LongAgo = 100 * Day;
    private static readonly (DeploymentSource, string?, string?) Production = (DeploymentSource.Environment, "production", null);

    private static readonly RepositoryFacts Everything = Facts() with
    {
        EnvironmentDeployments = [Into("production", 1, Lately, ("success", Lately))],
        Workflows = [DeployWorkflow],
        Runs = [Run(1, 1, "success", Lately)],
        Releases = [Release("v1.0", Lately)],
        PullRequests = [Pull(1, "a", Lately)],
    };

    [Fact]
    public void M8_production_environment_then_workflow_then_releases_then_merges()
    {
        var noEnvironment = Everything with { EnvironmentDeployments = [] };
        var noWorkflow = noEnvironment with { Runs = [] };
        var noRelease = noWorkflow with { Releases = [] };
        Assert.Equal((DeploymentSource.Environment, "production"), Detected(Everything));
        Assert.Equal((DeploymentSource.Workflow, DeployYml), Detected(noEnvironment));
        Assert.Equal((DeploymentSource.Releases, null), Detected(noWorkflow));
        Assert.Equal((DeploymentSource.MergedPullRequests, null), Detected(noRelease));
        Assert.Equal((DeploymentSource.MergedPullRequests, null), Detected(Facts()));
    }

    [Fact]
    public void M8_the_evidence_is_said_for_people()
    {
        var two = Everything with { EnvironmentDeployments = [Into("production", 1, Lately, ("success", Lately)), Into("production", 2, Lately, ("success", Lately))] };
        Assert.Equal("environment production: 2 deployments in the last 90 days", SourceDetection.Detect(two, null, At(Now))!.Evidence);
    }

    [Fact]
    public void M8_what_deployed_in_the_last_90_days_goes_before_what_did_so_earlier()
    {
        var old = Everything with { EnvironmentDeployments = [Into("production", 1, LongAgo, ("success", LongAgo))] };
        Assert.Equal((DeploymentSource.Workflow, DeployYml), Detected(old));
        Assert.Equal((DeploymentSource.Environment, "production"), Detected(old with { Runs = [], Releases = [] }));
    }

    [Fact]
    public void M8_a_source_that_only_failed_is_none() =>
        Assert.Equal((DeploymentSource.MergedPullRequests, null), Detected(Facts() with
        {
            EnvironmentDeployments = [Into("production", 1, Lately, ("failure", Lately))],
            Workflows = [DeployWorkflow],
            Runs = [Run(1, 1, "failure", Lately), Run(2, 1, "success", Lately, "change-2", "pull_request")],
        }));

    [Fact]
    public void M8_deploy_goes_before_release_before_publish_and_previews_are_none()
    {
        WorkflowFacts release = new(Guid.NewGuid(), "Cut a release", "a/release.yml"), publish = new(Guid.NewGuid(), "CI", "a/publish.yml");
        var preview = new WorkflowFacts(Guid.NewGuid(), "Deploy preview", "a/preview.yml");
        RunFacts RunOf(WorkflowFacts workflow, long id) => Run(id, 1, "success", Lately) with { WorkflowId = workflow.Id };
        var facts = Facts() with
        {
            Workflows = [publish, release, preview, DeployWorkflow],
            Runs = [RunOf(publish, 1), RunOf(publish, 2), RunOf(release, 3), RunOf(release, 4), RunOf(preview, 5), RunOf(DeployWorkflow, 6)],
        };
        Assert.Equal((DeploymentSource.Workflow, DeployYml), Detected(facts));
        Assert.Equal((DeploymentSource.Workflow, release.Path), Detected(facts with { Workflows = [publish, release, preview] }));
        Assert.Equal((DeploymentSource.Workflow, publish.Path), Detected(facts with { Workflows = [publish, preview] }));
        Assert.Equal((DeploymentSource.MergedPullRequests, null), Detected(facts with { Workflows = [preview] }));
    }

    [Fact]
    public void M8_a_workflow_that_runs_on_tags_is_read_from_any_of_them()
    {
        var onTags = Facts() with { Workflows = [DeployWorkflow], Runs = [Run(1, 1, "success", Lately, "v1.0"), Run(2, 1, "success", Lately, "v1.1")] };
        Assert.Null(SourceDetection.Detect(onTags, null, At(Now))!.Branch);
        Assert.Equal(Main, SourceDetection.Detect(Everything with { EnvironmentDeployments = [] }, null, At(Now))!.Branch);
    }

    [Fact]
    public void M13_production_is_declared_or_matches_the_pattern_and_never_transient()
    {
        var facts = Facts() with
        {
            EnvironmentDeployments =
            [
                Into("prod-eu", 1, Lately, ("success", Lately)),
                Into("customers", 2, Lately, ("success", Lately)), Into("customers", 3, Lately, ("success", Lately)),
                Into("production", 4, Lately, ("success", Lately)),
            ],
            Environments = [new("customers", true, null), new("production", true, true)],
        };
        Assert.Equal((DeploymentSource.Environment, "customers"), Detected(facts));
        Assert.Equal((DeploymentSource.Environment, "prod-eu"), Detected(facts with { Environments = [new("production", true, true)] }));
        Assert.Equal((DeploymentSource.Environment, "production"), Detected(facts with { Environments = [] }));
        Assert.Equal((DeploymentSource.MergedPullRequests, null), Detected(facts with { Environments = [new("production", true, true)], ProductionPattern = "^(" }));
    }

    [Fact]
    public void M8_a_quiet_week_or_other_counts_do_not_move_a_detected_source()
    {
        var busier = Facts() with
        {
            EnvironmentDeployments =
            [
                Into("prod-eu", 1, Lately, ("success", Lately)),
                Into("prod-us", 2, Lately, ("success", Lately)), Into("prod-us", 3, Lately, ("success", Lately)),
            ],
            Releases = [Release("v1.0", Lately)],
        };
        Assert.Equal((DeploymentSource.Environment, "prod-us"), Detected(busier));
        Assert.Null(SourceDetection.Detect(busier, (DeploymentSource.Environment, "prod-eu", null), At(Now)));
        Assert.Null(SourceDetection.Detect(busier, (DeploymentSource.Environment, "prod-eu", null), At(Now + (70 * Day))));
    }

    [Fact]
    public void M8_a_source_quiet_for_90_days_yields_to_one_that_is_not()
    {
        var moved = Everything with { EnvironmentDeployments = [Into("production", 1, LongAgo, ("success", LongAgo))] };
        Assert.Equal(DeploymentSource.Workflow, SourceDetection.Detect(moved, Production, At(Now))?.Source);
        Assert.Null(SourceDetection.Detect(moved with { Runs = [], Releases = [] }, Production, At(Now)));
    }

    [Fact]
    public void M8_an_estimate_yields_as_soon_as_something_better_is_seen() =>
        Assert.Equal(DeploymentSource.Environment, SourceDetection.Detect(Everything, (DeploymentSource.MergedPullRequests, null, null), At(Now))?.Source);

    private static (DeploymentSource, string?) Detected(RepositoryFacts facts)
    {
        var detected = SourceDetection.Detect(facts, null, At(Now))!;
        return (detected.Source, detected.Name);
    }
}
