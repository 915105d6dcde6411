using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>Deployments, environments and releases.</summary>
internal static class DeliveryRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRepository("/deployments", Deployments);
        routes.MapRepository("/deployments/{id:long}", (http, repository) => Find(http, repository) is { } deployment ? DeliveryShapes.Deployment(Exchange.Of(http), deployment) : null);
        routes.MapRepository("/deployments/{id:long}/statuses", (http, repository) => Find(http, repository) is { } deployment
            ? Paging.Cut(http, deployment.Statuses.AsEnumerable().Reverse().ToList()).ConvertAll(status => DeliveryShapes.Status(Exchange.Of(http), status))
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
            .ConvertAll(release => DeliveryShapes.Release(Exchange.Of(http), release)));
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
        return Paging.Cut(http, found).ConvertAll(deployment => DeliveryShapes.Deployment(Exchange.Of(http), deployment));
    }
}
