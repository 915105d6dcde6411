using Veelocity.Web.Data;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Rules;

/// <summary>
/// A stored repository that holds two services, web and api: three merged pull requests (one for each, one for both) and an environment for
/// each, into which its releases go at other times.
/// </summary>
internal static class SplitRepository
{
    public const string Web = "web-production", Api = "api-production";

    public static void Split(this StoredRepository stored, VeelocityDb db)
    {
        stored.AddPullOfPaths(db, 11, "w1", 30, "apps/web/a.ts");
        stored.AddPullOfPaths(db, 12, "w2", 31, "apps/api/b.cs");
        stored.AddPullOfPaths(db, 13, "w3", 32, "apps/web/a.ts", "apps/api/b.cs");
        stored.AddPullOfPaths(db, 14, "w4", 33, "docs/readme.md");
        string[] line = ["v2", "w1", "w2", "w3", "w4"];
        for (var i = 1; i < line.Length; i++)
            db.Add(new Commit { OrganizationId = stored.OrganizationId, RepositoryId = stored.Id, Sha = line[i], Headline = line[i], AuthoredAt = At(29 + i), CommittedAt = At(29 + i), ParentShas = [line[i - 1]] });
        stored.Into(db, 101, Web, "v2", 29);
        stored.Into(db, 102, Web, "w3", 36);
        stored.Into(db, 201, Api, "v2", 29);
        stored.Into(db, 202, Api, "w4", 40);
    }

    public static Service AddPart(this StoredRepository stored, VeelocityDb db, string name, string glob, string environment)
    {
        var service = new Service { Id = Guid.CreateVersion7(), OrganizationId = stored.OrganizationId, RepositoryId = stored.Id, Name = name, PathGlobs = [glob] };
        service.Choose(DeploymentSource.Environment, environment, null, At(0));
        db.Add(service);
        return service;
    }

    private static void AddPullOfPaths(this StoredRepository stored, VeelocityDb db, int number, string mergeCommit, double merged, params string[] paths)
    {
        var id = PullRequest.IdOf(stored.Id, number);
        db.AddRange(
            new PullRequest
            {
                Id = id,
                OrganizationId = stored.OrganizationId,
                RepositoryId = stored.Id,
                Number = number,
                Title = $"Change {number}",
                Url = $"https://github.com/acme/shop/pull/{number}",
                State = PullRequestState.Merged,
                CreatedAt = At(merged - 2),
                FirstCommitAt = At(merged - 2),
                UpdatedAt = At(merged),
                MergedAt = At(merged),
                BaseBranch = Main,
                HeadBranch = $"change-{number}",
                HeadSha = "h",
                MergeCommitSha = mergeCommit,
            },
            new PullRequestPaths { PullRequestId = id, OrganizationId = stored.OrganizationId, RepositoryId = stored.Id, Paths = paths, IsComplete = true });
    }

    private static void Into(this StoredRepository stored, VeelocityDb db, long id, string environment, string sha, double finished)
    {
        var deployment = new EnvironmentDeployment
        {
            Id = EnvironmentDeployment.IdOf(stored.Id, id),
            OrganizationId = stored.OrganizationId,
            RepositoryId = stored.Id,
            ExternalId = id,
            NodeId = $"node {id}",
            Environment = environment,
            Sha = sha,
            CreatedAt = At(finished - 0.25),
        };
        db.AddRange(deployment, new EnvironmentDeploymentStatus
        {
            OrganizationId = stored.OrganizationId,
            EnvironmentDeploymentId = deployment.Id,
            ExternalId = $"status {id}",
            State = "success",
            CreatedAt = At(finished),
        });
    }
}
