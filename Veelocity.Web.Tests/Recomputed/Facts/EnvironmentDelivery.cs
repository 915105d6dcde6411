using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>How a deployment ended.</summary>
internal enum Ending
{
    Succeeded,
    Failed,
    NeverTold,
}

/// <summary>Deployments into environments, as GitHub's Deployments API tells them.</summary>
internal sealed class EnvironmentDelivery(World world, Dice dice, Repository repository)
{
    private long number;

    public void Ship(string environment, string sha, DateTimeOffset created, DateTimeOffset finished, Ending ending)
    {
        var deployment = new EnvironmentDeployment
        {
            Id = EnvironmentDeployment.IdOf(repository.Id, ++number),
            OrganizationId = world.OrganizationId,
            RepositoryId = repository.Id,
            ExternalId = number,
            NodeId = $"node {number}",
            Environment = environment,
            Sha = sha,
            Ref = "main",
            Description = $"Deployment {number}",
            CreatedAt = created,
        };
        world.Deployments.Add(deployment);
        Status("in_progress", created.AddSeconds(5));
        // A failed try that was repeated under the same deployment; a success that a later deployment made inactive.
        if (ending == Ending.Failed || (ending == Ending.Succeeded && dice.Chance(10))) Status("failure", finished.AddSeconds(-30));
        if (ending == Ending.Failed && dice.Chance(50)) Status("error", finished);
        if (ending == Ending.Succeeded) Status("success", finished);
        if (ending == Ending.Succeeded && dice.Chance(10)) Status("success", finished.AddHours(1));
        if (dice.Chance(40)) Status("inactive", finished.AddHours(2));

        void Status(string state, DateTimeOffset at) => world.Statuses.Add(new()
        {
            OrganizationId = world.OrganizationId,
            EnvironmentDeploymentId = deployment.Id,
            ExternalId = $"{world.Statuses.Count}",
            State = state,
            CreatedAt = at,
            LogUrl = $"{repository.Url}/actions/runs/{deployment.ExternalId}/job/1",
        });
    }
}
