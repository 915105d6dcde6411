using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Sources;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Sources;

/// <summary>Environments that workflows use for their secrets, and several that are one production.</summary>
public sealed class EnvironmentSourceTests
{
    private static readonly ServiceSource Production = new(DeploymentSource.Environment, "production", null);
    private static readonly WorkflowFacts Backup = new(Guid.NewGuid(), "Nightly backup", "nightly-backup.yml");
    private static readonly WorkflowFacts Checks = new(Guid.NewGuid(), "Integration", "integration.yml");

    [Fact]
    public void M8_workflows_that_use_production_for_its_secrets_deploy_nothing()
    {
        var facts = Of(By(1, Backup, isScheduled: true), By(2, DeployWorkflow), By(3, Checks), By(4, null));
        Assert.Equal(["deployment 2", "deployment 4"], Keys(facts, Production));
        Assert.Equal([("Integration", 1), ("Nightly backup", 1)], EnvironmentDeployers.Of(facts, Production).Skipped.Select(s => (s.Workflow, s.Count)).Order());
    }

    [Theory]
    [InlineData("Rollback", "rollback.yml", true)]
    [InlineData("Roll back production", "undo.yml", true)]
    [InlineData("Promote", "promote.yml", true)]
    [InlineData("Continuous", "cd.yml", true)]
    [InlineData("Promote to staging", "promote.yml", false)]
    [InlineData("Membership", "members.yml", false)]
    public void M14_a_workflow_that_rolls_back_or_promotes_deploys_too(string name, string file, bool deploys)
    {
        var facts = Of(By(1, DeployWorkflow), By(2, new WorkflowFacts(Guid.NewGuid(), name, file)));
        Assert.Equal(deploys ? 2 : 1, Keys(facts, Production).Count());
    }

    [Fact]
    public void M8_what_deploys_counts_whatever_it_is_called_when_nothing_deploys_by_name()
    {
        Assert.Equal(["deployment 1", "deployment 2"], Keys(Of(By(1, Checks), By(2, Checks)), Production));
        Assert.Equal(["deployment 1"], Keys(Of(By(1, Checks), By(2, Backup, isScheduled: true)), Production));
        Assert.Equal(["deployment 1"], Keys(Of(By(1, Backup, isScheduled: true)), Production));
    }

    [Fact]
    public void M8_a_member_can_say_which_workflows_deploy()
    {
        var facts = Of(By(1, Backup, isScheduled: true), By(2, DeployWorkflow), By(3, Checks), By(4, null));
        Assert.Equal(["deployment 3"], Keys(facts, Production with { Workflow = "integration.yml" }));
        Assert.Equal(["deployment 1", "deployment 2"], Keys(facts, Production with { Workflow = "Nightly*, Deploy" }));
        Assert.Equal(4, Keys(facts, Production with { Workflow = "*" }).Count());
    }

    [Fact]
    public void M12_a_release_to_several_regions_counts_once()
    {
        EnvironmentDeploymentFacts Region(string name, long id, string sha, double at) => Into(name, id, at, ("success", at + 1)) with { Sha = sha };
        var facts = Of(Region("prod-eu", 1, "a", 1), Region("prod-us", 2, "a", 3), Region("prod-eu", 3, "b", 10), Region("prod-us", 4, "b", 12));
        var source = new ServiceSource(DeploymentSource.Environment, "prod-eu", null) { Also = ["prod-us"] };
        var history = DeploymentHistory.Of(EnvironmentSource.Derive(facts, source), new CommitGraph([]));
        Assert.Equal(["deployment 1", "deployment 3"], history.Where(d => d.IsRelease).Select(d => d.Deployment.SourceKey));
        Assert.Equal(["prod-eu", "prod-us", "prod-eu", "prod-us"], history.Select(d => d.Deployment.Environment));
        Assert.DoesNotContain(history, d => d.IsRollback);
    }

    private static RepositoryFacts Of(params EnvironmentDeploymentFacts[] deployments) => Facts() with { EnvironmentDeployments = deployments };

    private static EnvironmentDeploymentFacts By(long id, WorkflowFacts? workflow, bool isScheduled = false) =>
        Into("production", id, id, ("success", id + 0.5)) with { Workflow = workflow, IsScheduled = isScheduled };

    private static IEnumerable<string> Keys(RepositoryFacts facts, ServiceSource source) => EnvironmentSource.Derive(facts, source).Select(d => d.SourceKey);
}
