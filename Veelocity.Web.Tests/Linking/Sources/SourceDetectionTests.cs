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
    public void M8_topic_branches_make_no_candidate()
    {
        var facts = Facts() with
        {
            Workflows = [DeployWorkflow],
            Runs = [Run(1, 1, "success", Lately, "topic-1"), Run(2, 1, "success", Lately, "topic-2"), Run(3, 1, "success", Lately, "v1.0")],
        };
        var detected = SourceDetection.Detect(facts, null, At(Now))!;
        Assert.Equal((DeployYml, null, 1), (detected.Name, detected.Branch, detected.Count));
        Assert.Equal((DeploymentSource.MergedPullRequests, null), Detected(facts with { Runs = [.. facts.Runs.Take(2)] }));
    }

    [Theory]
    [InlineData("Deploy to development", "deploy-to-development.yml")]
    [InlineData("Deploy", "deploy-dev.yml")]
    [InlineData("Deploy to QA", "deploy.yml")]
    [InlineData("Deploy UAT", "deploy.yml")]
    [InlineData("Deploy sandbox", "deploy.yml")]
    [InlineData("Publish docs", "publish.yml")]
    [InlineData("Deploy GitHub Pages", "deploy.yml")]
    [InlineData("Publish Storybook", "publish.yml")]
    [InlineData("Deploy site", "deploy.yml")]
    [InlineData("Nightly release", "release.yml")]
    [InlineData("Release Drafter", "release.yml")]
    [InlineData("deployPreview", "deploy.yml")]
    [InlineData("Deploy production to staging", "deploy.yml")]
    public void M8_what_says_a_stage_is_never_picked(string name, string file) =>
        Assert.Equal((DeploymentSource.MergedPullRequests, null), Detected(OfWorkflows((name, file, 9))));

    [Theory]
    [InlineData("Deploy production site", "deploy-production-site.yml")]
    [InlineData("Deploy docs live", "deploy.yml")]
    [InlineData("deployProd", "deploy.yml")]
    [InlineData("Deploy device firmware", "deploy.yml")]
    public void M8_what_says_production_may_also_say_docs_or_site(string name, string file) =>
        Assert.Equal((DeploymentSource.Workflow, file), Detected(OfWorkflows((name, file, 1))));

    [Theory]
    [InlineData("Production", "ship.yml", true)]
    [InlineData("CI/CD", "production.yml", true)]
    [InlineData("prod", "prod.yaml", true)]
    [InlineData("Production smoke tests", "smoke.yml", false)]
    [InlineData("Products", "products.yml", false)]
    public void M8_a_workflow_that_is_called_production_deploys(string name, string file, bool deploys)
    {
        Assert.Equal(deploys ? (DeploymentSource.Workflow, file) : (DeploymentSource.MergedPullRequests, null), Detected(OfWorkflows((name, file, 3))));
        if (deploys) Assert.Equal((DeploymentSource.Workflow, file), Detected(OfWorkflows(("Deploy", "a.yml", 12), (name, file, 3))));
    }

    [Fact]
    public void M8_the_workflow_that_says_production_goes_before_busier_ones()
    {
        Assert.Equal((DeploymentSource.Workflow, "b.yml"), Detected(OfWorkflows(("Deploy", "a.yml", 12), ("Deploy to production", "b.yml", 3))));
        Assert.Equal((DeploymentSource.Workflow, "b.yml"), Detected(OfWorkflows(("Deploy", "a.yml", 12), ("Publish live", "b.yml", 3))));
        Assert.Equal((DeploymentSource.Workflow, "a.yml"), Detected(OfWorkflows(("Deploy", "a.yml", 1), ("Deploy non-prod", "b.yml", 3), ("Publish not live", "c.yml", 4))));
    }

    [Theory]
    [InlineData("production", true)]
    [InlineData("Production", true)]
    [InlineData("acme-shop / production", true)]
    [InlineData("us-prod", true)]
    [InlineData("eu_prod_1", true)]
    [InlineData("Live", true)]
    [InlineData("preprod", false)]
    [InlineData("pre-prod", false)]
    [InlineData("non-production", false)]
    [InlineData("not live", false)]
    [InlineData("nonprod", false)]
    [InlineData("products", false)]
    [InlineData("delivery", false)]
    [InlineData("staging", false)]
    public void M13_production_is_a_word_anywhere_that_nothing_negates(string environment, bool isProduction)
    {
        var facts = Facts() with { EnvironmentDeployments = [Into(environment, 1, Lately, ("success", Lately))] };
        Assert.Equal(isProduction ? (DeploymentSource.Environment, environment) : (DeploymentSource.MergedPullRequests, null), Detected(facts));
    }

    [Theory]
    [InlineData("^staging$", true)]
    [InlineData("^prod", false)]
    public void M13_a_pattern_that_a_member_wrote_may_name_a_stage(string pattern, bool isProduction)
    {
        var facts = Facts() with { ProductionPattern = pattern, EnvironmentDeployments = [Into("staging", 1, Lately, ("success", Lately))] };
        Assert.Equal(isProduction ? (DeploymentSource.Environment, "staging") : (DeploymentSource.MergedPullRequests, null), Detected(facts));
    }

    [Fact]
    public void M8_regions_that_get_the_same_commits_are_one_production()
    {
        EnvironmentDeploymentFacts Region(string name, long id, string sha, double at) => Into(name, id, at, ("success", at)) with { Sha = sha };
        var facts = Facts() with
        {
            EnvironmentDeployments =
            [
                Region("prod-eu", 1, "a", Lately), Region("prod-us", 2, "a", Lately + 1), Region("prod-eu", 3, "b", Lately + 2),
                Region("prod-us", 4, "b", Lately + 3), Region("prod-eu", 5, "c", Lately + 4), Region("prod-tools", 6, "x", Lately), Region("prod-tools", 7, "y", Lately + 3),
            ],
        };
        var detected = SourceDetection.Detect(facts, null, At(Now))!;
        Assert.Equal(["prod-eu", "prod-us"], detected.Key.Names);
        Assert.Null(SourceDetection.Detect([.. SourceCandidates.Of(facts, ServiceScope.Of(facts, []), At(Now))],
            new ServiceSource(DeploymentSource.Environment, "prod-us", null) { Also = ["prod-eu"] }, [], null));
        Assert.Equal(["prod-eu", "prod-us"], SourceDetection.Detect(facts, (DeploymentSource.Environment, "prod-eu", null), At(Now))!.Key.Names);
    }

    [Fact]
    public void M8_an_environment_that_was_renamed_goes_on()
    {
        var facts = Facts() with
        {
            EnvironmentDeployments = [Into("prod", 1, Lately, ("success", Lately)), Into("production", 2, Lately + 24, ("success", Lately + 24))],
        };
        Assert.Equal(["production", "prod"], SourceDetection.Detect(facts, null, At(Now))!.Key.Names);
    }

    [Fact]
    public void M8_tags_with_a_version_are_a_source_after_releases()
    {
        var facts = Facts() with { Tags = [Tag("shop-v1.4.0", Lately), Tag("before-the-big-change", Lately), Tag("v2.0.0-rc.1", Lately), Tag("nightly-2026.1", Lately)] };
        var detected = SourceDetection.Detect(facts, null, At(Now))!;
        Assert.Equal((DeploymentSource.Tags, null, 1), (detected.Source, detected.Name, detected.Count));
        Assert.Equal(DeploymentSource.Releases, SourceDetection.Detect(facts with { Releases = [Release("v1.0", Lately)] }, null, At(Now))!.Source);
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

    private static RepositoryFacts OfWorkflows(params (string Name, string File, int Runs)[] workflows)
    {
        var all = workflows.Select((w, i) => (Workflow: new WorkflowFacts(new Guid(i + 1, 0, 0, new byte[8]), w.Name, w.File), w.Runs)).ToList();
        return Facts() with
        {
            Workflows = [.. all.Select(w => w.Workflow)],
            Runs = [.. all.SelectMany((w, i) => Enumerable.Range(1, w.Runs).Select(n => Run((100 * i) + n, 1, "success", Lately + n) with { WorkflowId = w.Workflow.Id }))],
        };
    }

    private static (DeploymentSource, string?) Detected(RepositoryFacts facts)
    {
        var detected = SourceDetection.Detect(facts, null, At(Now))!;
        return (detected.Source, detected.Name);
    }
}
