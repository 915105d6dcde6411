using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Recordings;

/// <summary>Environments, deployments with statuses, and releases of a recording.</summary>
internal sealed class RecordedDeliveries(Recording recording)
{
    public void Load()
    {
        foreach (var row in recording.Rows("environments"))
            recording.RepositoryOf(row).Environments.Add(new DeploymentEnvironment(recording.IdOf(row), row.Text("name")!, row.Instant("created_at") ?? recording.World.Now));
        var deployments = recording.Rows("deployments").OrderBy(row => row.Text("created_at"), StringComparer.Ordinal).Select(Read).ToDictionary(deployment => deployment.Id);
        foreach (var row in recording.Rows("deployment_statuses").OrderBy(row => row.Text("created_at"), StringComparer.Ordinal))
        {
            if (deployments.TryGetValue(row.Number("_deployment_id") ?? 0, out var deployment))
                ReadStatus(row, deployment);
        }

        foreach (var row in recording.Rows("releases"))
            ReadRelease(row);
    }

    private Deployment Read(Row row)
    {
        var repository = recording.RepositoryOf(row);
        var environment = row.Text("environment") ?? "production";
        return repository.Add(new Deployment(repository, recording.IdOf(row), row.Text("sha")!, environment, row.Instant("created_at")!.Value)
        {
            OriginalEnvironment = row.Text("original_environment") ?? environment,
            Ref = row.Text("ref"),
            Task = row.Text("task") ?? "deploy",
            Description = row.Text("description"),
            Payload = row.Node("payload"),
            IsProduction = row.Is("production_environment"),
            IsTransient = row.Is("transient_environment"),
            Creator = recording.AccountOf(row.Child("creator")) ?? recording.Ghost,
        });
    }

    private void ReadStatus(Row row, Deployment deployment)
    {
        deployment.Statuses.Add(recording.World.Register(new DeploymentStatus(deployment, recording.IdOf(row), row.Text("state") ?? "pending", row.Instant("created_at")!.Value)
        {
            Creator = recording.AccountOf(row.Child("creator")) ?? deployment.Creator,
            Description = row.Text("description") ?? "",
            LogUrl = row.Text("log_url") ?? row.Text("target_url"),
            Environment = row.Text("environment") ?? deployment.Environment,
        }));
    }

    private void ReadRelease(Row row)
    {
        var repository = recording.RepositoryOf(row);
        repository.Add(new Release(repository, recording.IdOf(row), row.Text("tag_name") ?? "")
        {
            Name = row.Text("name"),
            Body = row.Text("body"),
            IsDraft = row.Is("draft"),
            IsPrerelease = row.Is("prerelease"),
            CreatedAt = row.Instant("created_at") ?? recording.World.Now,
            PublishedAt = row.Instant("published_at"),
            Author = recording.AccountOf(row.Child("author")),
        });
    }
}
