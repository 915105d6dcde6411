using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>Deployments, their statuses and releases as REST writes them.</summary>
internal static class DeliveryShapes
{
    public static object Deployment(Exchange at, Deployment deployment)
    {
        var url = $"{Shapes.Url(at, deployment.Repository)}/deployments/{deployment.Id}";
        return new
        {
            url,
            id = deployment.Id,
            node_id = deployment.NodeId,
            sha = deployment.Sha,
            @ref = deployment.Ref ?? deployment.Sha,
            task = deployment.Task,
            payload = deployment.Payload,
            original_environment = deployment.OriginalEnvironment,
            environment = deployment.Environment,
            description = deployment.Description,
            creator = Shapes.Account(at, deployment.Creator),
            created_at = Iso.Text(deployment.CreatedAt),
            updated_at = Iso.Text(deployment.UpdatedAt),
            statuses_url = url + "/statuses",
            repository_url = Shapes.Url(at, deployment.Repository),
            transient_environment = deployment.IsTransient,
            production_environment = deployment.IsProduction,
        };
    }

    public static object Status(Exchange at, DeploymentStatus status) => new
    {
        id = status.Id,
        node_id = status.NodeId,
        state = status.State,
        creator = Shapes.Account(at, status.Creator),
        description = status.Description,
        environment = status.Environment,
        target_url = status.LogUrl ?? "",
        created_at = Iso.Text(status.CreatedAt),
        updated_at = Iso.Text(status.CreatedAt),
        deployment_url = $"{Shapes.Url(at, status.Deployment.Repository)}/deployments/{status.Deployment.Id}",
        environment_url = "",
        log_url = status.LogUrl ?? "",
    };

    public static object Release(Exchange at, Release release) => new
    {
        id = release.Id,
        node_id = release.NodeId,
        url = $"{Shapes.Url(at, release.Repository)}/releases/{release.Id}",
        html_url = $"{at.WebUrl}/{release.Repository.FullName}/releases/tag/{release.TagName}",
        tag_name = release.TagName,
        target_commitish = release.Repository.DefaultBranchName,
        name = release.Name,
        draft = release.IsDraft,
        prerelease = release.IsPrerelease,
        created_at = Iso.Text(release.CreatedAt),
        published_at = Iso.Text(release.PublishedAt),
        updated_at = Iso.Text(release.UpdatedAt),
        author = Shapes.Account(at, release.Author),
        assets = Array.Empty<object>(),
        body = release.Body,
    };
}
