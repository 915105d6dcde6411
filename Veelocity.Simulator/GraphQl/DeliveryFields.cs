using GraphQL;
using GraphQL.Utilities;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.GraphQl;

/// <summary>Deployments, environments and releases.</summary>
internal static class DeliveryFields
{
    public static void Define(TypeSettings types)
    {
        types.Of<Deployment>("Deployment")
            .Field("id", deployment => deployment.NodeId)
            .Field("databaseId", deployment => DatabaseId(deployment.Id))
            .Field("commitOid", deployment => deployment.Sha)
            .Field("commit", deployment => deployment.Repository.Commits.GetValueOrDefault(deployment.Sha))
            .Field("ref", deployment => deployment.Ref is null ? null : Ref.Find(deployment.Repository, deployment.Ref))
            .Field("repository", deployment => deployment.Repository)
            .Field("task", deployment => deployment.Task)
            .Field("environment", deployment => deployment.Environment)
            .Field("originalEnvironment", deployment => deployment.OriginalEnvironment)
            .Field("latestEnvironment", deployment => deployment.Latest?.Environment ?? deployment.Environment)
            .Field("description", deployment => deployment.Description)
            .Field("payload", deployment => deployment.Payload?.ToJsonString())
            .Field("state", deployment => State(deployment))
            .Field("createdAt", deployment => deployment.CreatedAt)
            .Field("updatedAt", deployment => deployment.UpdatedAt)
            .Field("creator", deployment => deployment.Creator)
            .Field("latestStatus", deployment => deployment.Latest)
            .Connection("statuses", deployment => deployment.Statuses.AsEnumerable().Reverse().ToList());

        types.Of<DeploymentStatus>("DeploymentStatus")
            .Field("id", status => status.NodeId)
            .Field("state", status => status.State.ToUpperInvariant())
            .Field("createdAt", status => status.CreatedAt)
            .Field("updatedAt", status => status.CreatedAt)
            .Field("creator", status => status.Creator)
            .Field("description", status => status.Description)
            .Field("deployment", status => status.Deployment)
            .Field("environment", status => status.Environment)
            .Field("environmentUrl", _ => null)
            .Field("logUrl", status => status.LogUrl);

        types.Of<DeploymentEnvironment>("Environment")
            .Field("id", environment => environment.NodeId)
            .Field("databaseId", environment => DatabaseId(environment.Id))
            .Field("name", environment => environment.Name);

        types.Of<Release>("Release")
            .Field("id", release => release.NodeId)
            .Field("databaseId", release => DatabaseId(release.Id))
            .Field("name", release => release.Name)
            .Field("tagName", release => release.TagName)
            .Field("tagCommit", release => release.Commit)
            .Field("tag", release => Ref.Find(release.Repository, Ref.Tags + release.TagName))
            .Field("isDraft", release => release.IsDraft)
            .Field("isPrerelease", release => release.IsPrerelease)
            .Field("isLatest", release => release == Latest(release.Repository))
            .Field("description", release => release.Body)
            .Field("createdAt", release => release.CreatedAt)
            .Field("publishedAt", release => release.PublishedAt)
            .Field("updatedAt", release => release.UpdatedAt)
            .Field("author", release => release.Author)
            .Field("url", (release, context) => $"{GraphCall.Of(context).WebUrl}/{release.Repository.FullName}/releases/tag/{release.TagName}");
    }

    // A deployment that succeeded and was not replaced is shown as active.
    private static string State(Deployment deployment) =>
        deployment.Latest?.State switch { null => "PENDING", "success" => "ACTIVE", var state => state.ToUpperInvariant() };

    private static Release? Latest(Repository repository) =>
        repository.Releases.Where(release => !release.IsDraft && !release.IsPrerelease).MaxBy(release => release.PublishedAt);

    private static long? DatabaseId(long id) => id > int.MaxValue ? null : id;
}
