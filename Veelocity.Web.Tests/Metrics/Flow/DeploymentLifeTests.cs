using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Flow;

namespace Veelocity.Web.Tests.Metrics.Flow;

public sealed class DeploymentLifeTests(MetricsDatabase database)
{
    [Fact]
    public async Task It_tells_what_it_brought_what_became_of_it_and_its_neighbours()
    {
        var data = new FlowData();
        var before = data.Deploy(60, "One");
        var deployment = data.Deploy(50, "Two", failedBy: ChangeFailure.Rollback);
        var pull = data.Pull(createdAgo: 90, mergedAgo: 55, title: "Faster search");
        var number = data.LastNumber;
        data.Brings(deployment, 50, pull, 1, 1, 1, 1, 1);
        var after = data.Deploy(40, "Three", isRollback: true, takesBack: deployment, rework: Rework.Rollback);
        data.Deploy(45, "Elsewhere", repository: "api");
        var revert = data.Pull(createdAgo: 45, mergedAgo: 42, reverts: number);
        var incident = data.Incident(48, null, deployment);

        var life = await FindAsync(data, deployment);
        Assert.Equal((before, after), (life!.Before?.Id, life.After?.Id));
        Assert.Equal([(pull, "Faster search", "ada")], life.Changes.Select(change => (change.Id, change.Title, change.Author)));
        Assert.Equal(after, Assert.Single(life.TakenBackBy).Id);
        Assert.Equal((pull, revert), Assert.Single(life.Reverted) is var pair ? (pair.TakenBackId, pair.RevertId) : default);
        Assert.Equal(incident, Assert.Single(life.Brought).Id);
        Assert.Equal(1, life.ChangeCount);

        var rollback = await FindAsync(data, after);
        Assert.Equal((deployment, null), (rollback!.TakesBack?.Id, rollback.After));
        Assert.Empty(rollback.Changes);
    }

    [Fact]
    public async Task The_first_known_deployment_has_none_before_it()
    {
        var data = new FlowData();
        var life = await FindAsync(data, data.Deploy(60, contents: DeploymentContents.Unknown));
        Assert.Equal((null, DeploymentContents.Unknown), (life!.Before, life.Deployment.Contents));
    }

    [Fact]
    public async Task Another_organization_has_no_such_deployment()
    {
        var data = new FlowData();
        var deployment = data.Deploy(60);
        Assert.NotNull(await FindAsync(data, deployment));
        var other = new FlowData();
        other.Deploy(60);
        Assert.Null(await FindAsync(other, deployment));
    }

    private async Task<DeploymentLife.Life?> FindAsync(FlowData data, Guid deployment)
    {
        await using var db = await database.OpenAsync();
        await data.SaveAsync(db);
        return await new DeploymentLife(db, new Reverts(db)).FindAsync(data.OrganizationId, deployment, TestContext.Current.CancellationToken);
    }
}
