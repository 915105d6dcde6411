using Veelocity.Web.Data;
using Veelocity.Web.Tests.Recomputed.Facts;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>Every deployment of a world, found in its facts: one source for each service (M8), first successes (M9, M10), times (M11).</summary>
internal static class Shipments
{
    private static readonly string[] Failures = ["failure", "timed_out", "startup_failure"];

    public static List<Shipment> Of(World world, Ancestry ancestry)
    {
        var all = new List<Shipment>();
        foreach (var service in world.Services)
        {
            List<Shipment> found = service.Source switch
            {
                DeploymentSource.Environment => [.. OfEnvironments(world, service)],
                DeploymentSource.Workflow => [.. OfRuns(world, service)],
                _ => [.. OfMerges(world, service)],
            };
            foreach (var place in found.OrderBy(s => s.FinishedAt).ThenBy(s => s.StartedAt).GroupBy(s => s.Place)) Compare([.. place], ancestry);
            all.AddRange(found);
        }
        var decided = world.Decisions.Select(d => d.SubjectId).ToHashSet();
        foreach (var shipment in all) shipment.IsExcluded = decided.Contains(IdOf(shipment));
        return all;
    }

    /// <summary>The id by which members and answers name it.</summary>
    public static Guid IdOf(Shipment shipment) => Deployment.IdOf(shipment.Service.Id, shipment.Environment, shipment.Key);

    private static IEnumerable<Shipment> OfEnvironments(World world, Service service)
    {
        var isAlone = world.Services.Count(s => s.RepositoryId == service.RepositoryId) == 1;
        var repository = world.RepositoryOf(service.RepositoryId);
        var ofDeployments = world.Statuses.ToLookup(s => s.EnvironmentDeploymentId);
        foreach (var deployment in world.Deployments.Where(d => d.RepositoryId == service.RepositoryId))
        {
            var isProduction = deployment.Environment == service.SourceName || service.SourceAlso.Contains(deployment.Environment);
            // Environments beside production belong to the repository's only service; of several, no one can tell whose they are.
            if (!isProduction && !isAlone) continue;
            var statuses = ofDeployments[deployment.Id].OrderBy(s => s.CreatedAt).ToList();
            var success = statuses.Find(s => s.State == "success");
            var end = success ?? statuses.FindLast(s => s.State is "failure" or "error");
            if (end is null) continue;
            yield return new()
            {
                Service = service,
                Environment = deployment.Environment,
                IsProduction = isProduction,
                Key = $"deployment {deployment.ExternalId}",
                Title = deployment.Description!,
                Url = end.LogUrl ?? repository.Url,
                Sha = deployment.Sha,
                CreatedAt = deployment.CreatedAt,
                StartedAt = deployment.CreatedAt,
                FinishedAt = end.CreatedAt,
                HasSucceeded = success is not null,
            };
        }
    }

    private static IEnumerable<Shipment> OfRuns(World world, Service service)
    {
        var workflow = world.Workflows.Single(w => w.RepositoryId == service.RepositoryId && w.Path == service.SourceName);
        foreach (var run in world.Runs.Where(r => r.WorkflowId == workflow.Id && r.HeadBranch == "main").GroupBy(r => r.ExternalId))
        {
            var attempts = run.OrderBy(r => r.Attempt).ToList();
            var success = attempts.Find(r => r.Conclusion == "success");
            var end = success ?? attempts.FindLast(r => Failures.Contains(r.Conclusion));
            if (end is null) continue;
            yield return new()
            {
                Service = service,
                Environment = "production",
                IsProduction = true,
                Key = $"run {run.Key}",
                Title = end.Title,
                Url = end.Url,
                Sha = end.HeadSha,
                CreatedAt = attempts[0].StartedAt,
                StartedAt = end.StartedAt,
                FinishedAt = end.CompletedAt!.Value,
                HasSucceeded = success is not null,
            };
        }
    }

    private static IEnumerable<Shipment> OfMerges(World world, Service service) =>
        world.Pulls.Where(p => p.RepositoryId == service.RepositoryId && p.MergedAt is not null && p.BaseBranch == "main").Select(p => new Shipment
        {
            Service = service,
            Environment = "production",
            IsProduction = true,
            Key = $"pull request {p.Number}",
            Title = p.Title,
            Url = p.Url,
            Sha = p.MergeCommitSha,
            CreatedAt = p.MergedAt!.Value,
            StartedAt = p.MergedAt.Value,
            FinishedAt = p.MergedAt.Value,
            HasSucceeded = true,
        });

    // Repeats, rollbacks and roll-forwards (M12, M14), in the order the deployments finished.
    private static void Compare(List<Shipment> inOrder, Ancestry ancestry)
    {
        var releases = new List<Shipment>();
        foreach (var shipment in inOrder.Where(s => s.HasSucceeded))
        {
            var running = releases.LastOrDefault();
            var before = releases.FindLastIndex(s => s.Sha == shipment.Sha);
            shipment.IsFirst = running is null;
            shipment.IsNew = before < 0;
            if (before >= 0)
            {
                if (running!.Sha == shipment.Sha || shipment.CreatedAt < running.FinishedAt)
                {
                    shipment.Repeats = releases[before];
                    continue;
                }
                if (!ancestry.Reaches(shipment.Sha!, running.Sha!)) shipment.TakesBack = releases[before + 1];
            }
            releases.Add(shipment);
        }
    }
}
