using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>Deployments, environments and releases.</summary>
internal static class DeliveryRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRepository("/deployments", Deployments);
        routes.MapRepository("/deployments/{id:long}", (http, repository) => Find(http, repository) is { } deployment ? Shape(Exchange.Of(http), deployment) : null);
        routes.MapRepository("/deployments/{id:long}/statuses", (http, repository) => Find(http, repository) is { } deployment
            ? Paging.Cut(http, deployment.Statuses.AsEnumerable().Reverse().ToList()).ConvertAll(status => Shape(Exchange.Of(http), status))
            : null);
        routes.MapRepository("/environments", (http, repository) => new
        {
            total_count = repository.Environments.Count,
            environments = Paging.Cut(http, repository.Environments).ConvertAll(environment => new
            {
                id = environment.Id,
                node_id = environment.NodeId,
                name = environment.Name,
                created_at = Iso.Text(environment.CreatedAt),
                updated_at = Iso.Text(environment.CreatedAt),
                protection_rules = Array.Empty<object>(),
                deployment_branch_policy = (object?)null,
            }),
        });
        routes.MapRepository("/releases", (http, repository) => Paging
            .Cut(http, repository.Releases.OrderByDescending(release => release.CreatedAt).ThenByDescending(release => release.Id).ToList())
            .ConvertAll(release => Shape(Exchange.Of(http), release)));
    }

    private static Deployment? Find(HttpContext http, Repository repository) => repository.Deployments.Find(deployment => deployment.Id == RestRoutes.Number(http, "id"));

    private static object Deployments(HttpContext http, Repository repository)
    {
        var query = http.Request.Query;
        bool Is(string name, string? value) => !query.TryGetValue(name, out var wanted) || value == wanted;
        var found = repository.Deployments
            .Where(deployment => Is("sha", deployment.Sha) && Is("ref", deployment.Ref) && Is("task", deployment.Task) && Is("environment", deployment.Environment))
            .OrderByDescending(deployment => deployment.CreatedAt).ThenByDescending(deployment => deployment.Id)
            .ToList();
        return Paging.Cut(http, found).ConvertAll(deployment => Shape(Exchange.Of(http), deployment));
    }

    private static object Shape(Exchange at, Deployment deployment)
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

    private static object Shape(Exchange at, DeploymentStatus status) => new
    {
        id = status.Id,
        node_id = status.NodeId,
        state = status.State,
        creator = Shapes.Account(at, status.Creator),
        description = status.Description,
        environment = status.Environment,
        target_url = "",
        created_at = Iso.Text(status.CreatedAt),
        updated_at = Iso.Text(status.CreatedAt),
        deployment_url = $"{Shapes.Url(at, status.Deployment.Repository)}/deployments/{status.Deployment.Id}",
        environment_url = "",
        log_url = "",
    };

    private static object Shape(Exchange at, Release release) => new
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
        author = Shapes.Account(at, release.Author),
        assets = Array.Empty<object>(),
        body = release.Body,
    };
}
