using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Sources;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Sources;

/// <summary>Jobs, renamed files and manual runs of a workflow source.</summary>
public sealed class WorkflowSourceTests
{
    private const double Lately = 100;

    [Fact]
    public void M8_the_named_job_counts_in_place_of_the_run()
    {
        var deployments = Of(
            "deploy-prod",
            With(Run(1, 1, "success", 5), Job("build", "success", 2), Job("deploy-prod", "success", 4)),
            With(Run(2, 1, "success", 6), Job("deploy-prod", "skipped", 6)),
            With(Run(3, 1, "success", 7), Job("deploy-prod", "failure", 6.5)),
            With(Run(4, 1, "failure", 8), Job("deploy-prod", "success", 7.5), Job("notify", "failure", 8)),
            With(Run(5, 1, "startup_failure", 9)),
            With(Run(6, 1, "success", 10)));
        Assert.Equal(
            [("run 1", true, At(4)), ("run 3", false, At(6.5)), ("run 4", true, At(7.5)), ("run 5", false, At(9))],
            deployments.Select(d => (d.SourceKey, d.IsSuccess, d.FinishedAt)));
        Assert.Equal(At(3.75), deployments[0].StartedAt);
    }

    [Theory]
    [InlineData("deploy-prod", "deploy-prod (eu)", true)]
    [InlineData("Deploy-Prod", "deploy-prod", true)]
    [InlineData("deploy-*", "deploy-prod", true)]
    [InlineData("build, deploy-prod", "release / deploy-prod", true)]
    [InlineData("deploy", "deploy / prod (us)", true)]
    [InlineData("deploy", "deploy-staging", false)]
    public void M8_a_job_goes_by_its_name_in_a_matrix_and_in_a_called_workflow(string job, string name, bool isMeant) =>
        Assert.Equal(isMeant ? 1 : 0, Of(job, With(Run(1, 1, "success", 5), Job(name, "success", 4))).Count);

    [Fact]
    public void M8_one_failed_part_of_a_matrix_makes_a_failed_deployment() =>
        Assert.False(Assert.Single(Of("prod", With(Run(1, 1, "success", 5), Job("prod (eu)", "success", 4), Job("prod (us)", "failure", 5)))).IsSuccess);

    [Fact]
    public void M8_detection_names_the_job_that_says_production()
    {
        var facts = Facts() with
        {
            Workflows = [DeployWorkflow],
            Runs = [With(Run(1, 1, "success", Lately), Job("deploy-staging", "success", Lately), Job("deploy-prod", "success", Lately))],
        };
        Assert.Equal("deploy-prod", SourceDetection.Detect(facts, null, At(Lately + 1))!.Key.Job);
    }

    [Fact]
    public void M8_detection_names_a_plain_deploy_job_only_where_it_and_the_run_differ()
    {
        var alike = Facts() with { Workflows = [DeployWorkflow], Runs = [With(Run(1, 1, "success", Lately), Job("test", "success", Lately), Job("deploy", "success", Lately))] };
        Assert.Null(SourceDetection.Detect(alike, null, At(Lately + 1))!.Key.Job);
        var differing = alike with { Runs = [.. alike.Runs, With(Run(2, 1, "success", Lately + 1), Job("deploy", "failure", Lately + 1))] };
        Assert.Equal("deploy", SourceDetection.Detect(differing, null, At(Lately + 2))!.Key.Job);
    }

    [Fact]
    public void M8_a_job_that_was_renamed_goes_on()
    {
        var facts = Facts() with
        {
            Workflows = [DeployWorkflow],
            Runs =
            [
                With(Run(1, 1, "success", Lately), Job("deploy", "success", Lately)),
                With(Run(2, 1, "success", Lately + 1), Job("deploy-prod", "success", Lately + 1), Job("publish", "success", Lately + 1)),
                With(Run(3, 1, "success", Lately + 2), Job("deploy-prod", "skipped", Lately + 2), Job("publish", "success", Lately + 2)),
            ],
        };
        var detected = SourceDetection.Detect(facts, null, At(Lately + 3))!;
        Assert.Equal(("deploy, deploy-prod", 2), (detected.Key.Job, detected.Count));
    }

    [Fact]
    public void M8_a_renamed_file_may_have_had_another_job()
    {
        var renamed = new WorkflowFacts(Guid.NewGuid(), "Deploy to production", "deploy-production.yml");
        var facts = WorkflowRenames.Apply(Facts() with
        {
            Workflows = [DeployWorkflow, renamed],
            Runs = [Run(1, 1, "success", 5), With(Run(2, 1, "success", 29) with { WorkflowId = renamed.Id }, Job("production", "success", 29))],
        });
        var detected = SourceDetection.Detect(facts, null, At(60))!;
        Assert.Equal(("production", 2), (detected.Key.Job, detected.Count));
    }

    [Fact]
    public void M8_a_production_job_makes_a_source_of_a_workflow_that_is_called_otherwise()
    {
        var ci = new WorkflowFacts(Guid.NewGuid(), "CI", "ci.yml");
        var run = With(Run(1, 1, "success", Lately) with { WorkflowId = ci.Id }, Job("deploy-production", "success", Lately));
        var detected = SourceDetection.Detect(Facts() with { Workflows = [ci], Runs = [run] }, null, At(Lately + 1))!;
        Assert.Equal(("ci.yml", "deploy-production"), (detected.Name, detected.Key.Job));
        Assert.Equal(
            DeploymentSource.MergedPullRequests,
            SourceDetection.Detect(Facts() with { Workflows = [ci with { Name = "Deploy to dev" }], Runs = [run] }, null, At(Lately + 1))!.Source);
    }

    [Fact]
    public void M8_a_renamed_workflow_file_remains_the_same_source()
    {
        var renamed = new WorkflowFacts(Guid.NewGuid(), "Deploy to production", "deploy-production.yml");
        var facts = WorkflowRenames.Apply(Facts() with
        {
            Workflows = [DeployWorkflow, renamed],
            Runs = [Run(1, 1, "success", 5), Run(2, 1, "success", 29), Run(3, 1, "success", 53) with { WorkflowId = renamed.Id }],
        });
        foreach (var path in new[] { DeployYml, renamed.Path })
            Assert.Equal(3, WorkflowSource.Derive(facts, new ServiceSource(DeploymentSource.Workflow, path, null)).Count());
        Assert.Equal((renamed.Path, 3), SourceDetection.Detect(facts, null, At(60)) is { } found ? (found.Name, found.Count) : default);
    }

    [Fact]
    public void M8_workflows_that_ran_at_the_same_time_or_long_apart_are_not_one()
    {
        var other = new WorkflowFacts(Guid.NewGuid(), "Deploy to production", "deploy-production.yml");
        RepositoryFacts With(double at) => Facts() with
        {
            Workflows = [DeployWorkflow, other],
            Runs = [Run(1, 1, "success", 5), Run(2, 1, "success", 29), Run(3, 1, "success", at) with { WorkflowId = other.Id }],
        };
        Assert.Empty(WorkflowRenames.Apply(With(20)).RenamedPaths);
        Assert.Empty(WorkflowRenames.Apply(With(29 + (31 * 24))).RenamedPaths);
        Assert.Single(WorkflowRenames.Apply(With(29 + (29 * 24))).RenamedPaths);
    }

    [Theory]
    [InlineData("Deploy 1.2 to production", "v")]
    [InlineData("Deploy 1.2.0", "v")]
    [InlineData("v1.2.0", "v")]
    [InlineData("Deploy v7", "x")]
    [InlineData("Deploy v8 to production", "y")]
    [InlineData("Deploy shop-v3.0", "w")]
    [InlineData("Deploy c0ffee1 to production", "c0ffee1234")]
    [InlineData("Deploy", "a")]
    [InlineData("Deploy now", "a")]
    public void M8_a_manual_run_deploys_the_version_that_it_names(string title, string sha)
    {
        var facts = Manual(title) with { Tags = [Tag("v1.2.0", 1, "v"), Tag("shop-v3.0", 1, "w"), Tag("v7", 1, "x"), Tag("v8.0.0", 1, "y")], Commits = [Commit("c0ffee1234")] };
        Assert.Equal(sha, Assert.Single(WorkflowSource.Derive(facts, new ServiceSource(DeploymentSource.Workflow, DeployYml, null))).Sha);
    }

    [Fact]
    public void M8_a_manual_run_of_an_unknown_version_counts_as_none_and_is_a_finding()
    {
        var facts = Manual("Deploy 1.3 to production");
        var source = new ServiceSource(DeploymentSource.Workflow, DeployYml, null);
        Assert.Empty(WorkflowSource.Derive(facts, source));
        Assert.Equal("1.3 to production", Assert.Single(WorkflowSource.UnknownVersions(facts, source)).Version);
        Assert.Empty(WorkflowSource.UnknownVersions(Manual("Deploy 1.3 to production") with { Tags = [Tag("1.3", 1)] }, source));
    }

    [Theory]
    [InlineData("Deploy 1.2 to staging", false)]
    [InlineData("Deploy to non-prod", false)]
    [InlineData("Deploy main (qa)", false)]
    [InlineData("Deploy 1.2 from staging to production", true)]
    [InlineData("Deploy latest", true)]
    public void M8_a_manual_run_for_a_stage_is_no_deployment(string title, bool deploys)
    {
        var facts = Manual(title) with { Tags = [Tag("v1.2.0", 1)] };
        var source = new ServiceSource(DeploymentSource.Workflow, DeployYml, null);
        Assert.Equal(deploys ? 1 : 0, WorkflowSource.Derive(facts, source).Count());
        Assert.Empty(WorkflowSource.UnknownVersions(facts, source));
        var job = facts with { Runs = [With(facts.Runs[0], Job("deploy-prod", "success", 5))] };
        Assert.Single(WorkflowSource.Derive(job, source with { Job = "deploy-prod" }));
    }

    [Fact]
    public void M8_a_version_of_one_number_is_unknown_without_its_tag()
    {
        var source = new ServiceSource(DeploymentSource.Workflow, DeployYml, null);
        Assert.Empty(WorkflowSource.Derive(Manual("Deploy v2"), source));
        Assert.Equal("v2", Assert.Single(WorkflowSource.UnknownVersions(Manual("Deploy v2"), source)).Version);
    }

    [Fact]
    public void M8_a_file_that_was_renamed_and_renamed_back_is_one_source()
    {
        var other = new WorkflowFacts(Guid.NewGuid(), "Deploy", "deploy-prod.yml");
        RepositoryFacts With(params double[] at) => Facts() with
        {
            Workflows = [DeployWorkflow, other],
            Runs =
            [
                Run(1, 1, "success", 5), Run(2, 1, "success", 29), Run(3, 1, "success", 101),
                .. at.Select((hours, i) => Run(4 + i, 1, "success", hours) with { WorkflowId = other.Id }),
            ],
        };
        Assert.Equal((DeployYml, 5), SourceDetection.Detect(WorkflowRenames.Apply(With(53, 77)), null, At(120)) is { } found ? (found.Name, found.Count) : default);
        Assert.Empty(WorkflowRenames.Apply(With(20, 77)).RenamedPaths);
        Assert.Empty(WorkflowRenames.Apply(With(53)).RenamedPaths);
    }

    private static RepositoryFacts Manual(string title) => Facts() with
    {
        Workflows = [DeployWorkflow],
        Runs = [Run(1, 1, "success", 5, @event: "workflow_dispatch") with { Title = title }],
    };

    private static RunFacts With(RunFacts run, params JobFacts[] jobs) => run with { Jobs = jobs };

    private static List<DerivedDeployment> Of(string job, params RunFacts[] runs) => [.. WorkflowSource.Derive(
        Facts() with { Workflows = [DeployWorkflow], Runs = runs }, new ServiceSource(DeploymentSource.Workflow, DeployYml, null) { Job = job })];
}
