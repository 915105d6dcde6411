using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Histories;

/// <summary>What happens to deployments: made now, decided now or days later.</summary>
internal static class DeploymentChanges
{
    private static readonly string[] Final = ["success", "failure", "error", "inactive"];

    public static IReadOnlyList<ChangeKind> All { get; } =
    [
        new("create_deployment", 6, Create), new("progress_deployment", 3, Progress), new("complete_deployment", 7, Complete), new("deactivate_deployment", 1, Deactivate),
    ];

    private static string? Create(Scene scene)
    {
        if (scene.Somewhere() is not { Head: { } head } repository)
            return null;
        var name = scene.Target.Name ?? (repository.Environments.Count == 0 ? "production" : scene.Dice.Pick(repository.Environments).Name);
        if (!repository.Environments.Exists(environment => environment.Name == name))
            repository.Environments.Add(new DeploymentEnvironment(scene.World.NextId(), name, scene.Now));
        var by = scene.Somebody();
        var deployment = repository.Add(new Deployment(repository, 4_000_000L + scene.World.NextId(), head.Sha, name, scene.Now)
        {
            Ref = repository.DefaultBranchName,
            IsProduction = name.StartsWith("prod", StringComparison.OrdinalIgnoreCase),
            Description = $"Deploy {head.Sha[..7]}",
            Creator = by,
            Payload = new System.Text.Json.Nodes.JsonObject(),
        });
        scene.Tell("deployment", "created", repository, deployment, by);
        return $"deployment {deployment.Id} to {name} was made";
    }

    private static string? Progress(Scene scene)
    {
        if (Open(scene) is not { } deployment)
            return null;
        var state = scene.Target.Outcome ?? scene.Dice.Pick(["queued", "waiting", "in_progress", "in_progress"]);
        Set(scene, deployment, state);
        return $"deployment {deployment.Id} is {state}";
    }

    private static string? Complete(Scene scene)
    {
        if (Open(scene) is not { } deployment)
            return null;
        var state = scene.Target.Outcome ?? scene.Dice.Pick(["success", "success", "success", "failure", "error"]);
        Set(scene, deployment, state);
        if (state == "success")
        {
            foreach (var older in deployment.Repository.Deployments.FindAll(other => other != deployment && other.Environment == deployment.Environment && other.Latest?.State == "success"))
                older.Add("inactive", scene.Now);
        }

        return $"deployment {deployment.Id} of {deployment.CreatedAt:yyyy-MM-dd} to {deployment.Environment} ended: {state}";
    }

    private static string? Deactivate(Scene scene)
    {
        if (scene.Something(repository => repository.Deployments, deployment => deployment.Latest?.State == "success" && scene.IsAsked(deployment.Id)) is not { } deployment)
            return null;
        deployment.Add("inactive", scene.Now);
        return $"deployment {deployment.Id} is no longer active";
    }

    private static Deployment? Open(Scene scene) => scene.Something(
        repository => repository.Deployments, deployment => scene.IsAsked(deployment.Id) && !Final.Contains(deployment.Latest?.State, StringComparer.Ordinal));

    // GitHub tells of every status but "inactive".
    private static void Set(Scene scene, Deployment deployment, string state) =>
        scene.Tell("deployment_status", "created", deployment.Repository, deployment.Add(state, scene.Now), deployment.Creator);
}
