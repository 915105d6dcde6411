using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Sources;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Sources;

/// <summary>Services that another repository deploys, as in GitOps.</summary>
public sealed class OtherRepositorySourceTests
{
    private static readonly Guid Ops = Guid.NewGuid();
    private static readonly ServiceSource FromOps = new(DeploymentSource.Environment, "production", null) { RepositoryId = Ops };
    private static readonly RepositoryFacts Shop = Facts() with
    {
        Commits = [Commit("aaaaaaa1"), Commit("bbbbbbb2", "aaaaaaa1"), Commit("ccccccc3", "bbbbbbb2")],
        Tags = [Tag("v1.1.0", 1, "bbbbbbb2")],
    };

    [Fact]
    public void M8_deployments_come_from_there_and_commits_from_here()
    {
        var deployments = From(("g1", "deploy: shop sha-aaaaaaa (#1)"), ("g2", "docs"), ("g3", "deploy: web sha-1234567"), ("g4", "deploy: shop v1.1.0"));
        Assert.Equal([("deployment 1", "aaaaaaa1"), ("deployment 4", "bbbbbbb2")], deployments.Select(d => (d.SourceKey, d.Sha)));
        Assert.Equal("deploy: shop v1.1.0", deployments[1].Title);
    }

    [Fact]
    public void M8_a_version_means_this_repository_only_next_to_its_name() =>
        Assert.Empty(From(("g1", "deploy: web v1.1.0"), ("g2", "deploy: shopping v1.1.0")));

    [Fact]
    public void M8_a_revert_there_brings_back_what_ran_before_and_an_old_commit_what_it_brought() =>
        Assert.Equal(
            ["aaaaaaa1", "bbbbbbb2", "aaaaaaa1"],
            From(("g1", "shop sha-aaaaaaa"), ("g2", "shop sha-bbbbbbb"), ("g3", "Revert \"shop sha-bbbbbbb\"")).Select(d => d.Sha));

    [Fact]
    public void M8_with_paths_a_change_of_them_is_a_deployment_of_an_unknown_commit()
    {
        var ops = Of(("g1", "one"), ("g2", "two")) with
        {
            PullRequests = [Pull(1, "g1", 1) with { Paths = ["apps/shop/values.yaml"] }, Pull(2, "g2", 2) with { Paths = ["apps/web/values.yaml"] }],
        };
        var facts = Shop with { Others = [new(Ops, "acme/ops", ops)] };
        var deployment = Assert.Single(SourceReading.Derive(FromOps with { Paths = ["apps/shop/**"] }, facts, ServiceScope.Of(facts, [])));
        Assert.Equal(("deployment 1", null), (deployment.SourceKey, deployment.Sha));
    }

    [Fact]
    public void M8_without_deployments_there_its_commits_deploy()
    {
        var ops = Of(("g1", "shop sha-aaaaaaa"), ("g2", "shop sha-bbbbbbb to staging"), ("g3", "shop sha-ccccccc")) with { EnvironmentDeployments = [] };
        var facts = Shop with { Others = [new(Ops, "acme/ops", ops)] };
        var source = new ServiceSource(DeploymentSource.MergedPullRequests, null, null) { RepositoryId = Ops };
        Assert.Equal([("commit g1", "aaaaaaa1"), ("commit g3", "ccccccc3")], SourceReading.Derive(source, facts, ServiceScope.Of(facts, [])).Select(d => (d.SourceKey, d.Sha)));
    }

    [Fact]
    public void M8_detection_prefers_the_repository_that_deploys_to_merges()
    {
        var ops = Of(("g1", "shop sha-aaaaaaa"), ("g2", "shop sha-bbbbbbb"));
        var facts = Shop with { Others = [new(Ops, "acme/ops", ops)], PullRequests = [Pull(1, "aaaaaaa1", 1)] };
        Assert.Equal(FromOps, SourceDetection.Detect(facts, null, At(20))!.Key);
        var once = facts with { Tags = [], Others = [new(Ops, "acme/ops", Of(("g1", "shop sha-aaaaaaa")))] };
        Assert.Equal(DeploymentSource.MergedPullRequests, SourceDetection.Detect(once, null, At(20))!.Source);
    }

    [Theory]
    [InlineData("gitops", true)]
    [InlineData("shop-deployments", true)]
    [InlineData("k8s-infra", true)]
    [InlineData("web", false)]
    public void M8_versions_named_by_a_repository_that_deploys_go_before_tags(string name, bool deploys)
    {
        var ops = Of(("g1", "Bump shop to v1.0.0"), ("g2", "Bump shop to v1.1.0")) with { Name = name, EnvironmentDeployments = [] };
        var facts = Shop with { Tags = [Tag("v1.0.0", 1, "aaaaaaa1"), .. Shop.Tags], Others = [new(Ops, $"acme/{name}", ops)] };
        var detected = SourceDetection.Detect(facts, null, At(20))!;
        Assert.Equal(deploys ? (DeploymentSource.MergedPullRequests, (Guid?)Ops) : (DeploymentSource.Tags, null), (detected.Source, detected.Key.RepositoryId));
    }

    private static List<DerivedDeployment> From(params (string Sha, string Headline)[] commits)
    {
        var facts = Shop with { Others = [new(Ops, "acme/ops", Of(commits))] };
        return [.. SourceReading.Derive(FromOps, facts, ServiceScope.Of(facts, []))];
    }

    // Each commit follows the one before and is deployed an hour after it.
    private static RepositoryFacts Of(params (string Sha, string Headline)[] commits) => Facts() with
    {
        Name = "ops",
        Commits = [.. commits.Select((c, i) => new CommitFacts(c.Sha, i == 0 ? [] : [commits[i - 1].Sha], At(i)) { Headline = c.Headline })],
        EnvironmentDeployments = [.. commits.Select((c, i) => Into("production", i + 1, i + 1, ("success", i + 1.5)) with { Sha = c.Sha })],
    };
}
