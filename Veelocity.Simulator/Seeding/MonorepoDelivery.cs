using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>Several services in one repository: a merge deploys those whose folders it touched, each by its own workflow into its own environment.</summary>
internal sealed class MonorepoDelivery(RepositoryStory home) : Delivery(home)
{
    private readonly Dictionary<string, Workflow> _deploys = new(StringComparer.Ordinal);

    public override void Begin()
    {
        foreach (var service in Repository.Services)
        {
            var name = NameOf(service);
            _deploys[service] = Home.Actions.Add($"Deploy {name}", $"deploy-{name}.yml");
            Repository.Environments.Add(new DeploymentEnvironment(Setting.World.NextId(), $"production-{name}", Repository.CreatedAt));
        }
    }

    public override void Merged(PullRequest pull)
    {
        var head = Repository.Head!;
        foreach (var service in Repository.Services.Where(service => pull.Files.Any(file => file.Path.StartsWith(service + "/", StringComparison.Ordinal))))
            Setting.Clock.At(Setting.Clock.Now + Dice.Minutes(6, 20), () => Deploy(service, head, pull.MergedBy));
    }

    private static string NameOf(string service) => service[(service.LastIndexOf('/') + 1)..];

    private void Deploy(string service, Commit head, Account? actor)
    {
        var now = Setting.Clock.Now;
        var run = Home.Actions.Start(_deploys[service], "push", Repository.DefaultBranchName, head.Sha, head.Headline, actor, now, Home.Actions.Outcome(now, 0.9), ("build", 2, 5), ("deploy", 2, 6));
        var environment = $"production-{NameOf(service)}";
        var deployment = Repository.Add(new Deployment(Repository, 4_000_000L + Setting.World.NextId(), head.Sha, environment, now)
        {
            Ref = Repository.DefaultBranchName,
            IsProduction = true,
            Description = $"Deploy {service}",
            Creator = Setting.People.Actions,
        });
        deployment.Add("in_progress", now);
        if (run.Latest.Conclusion is { } conclusion)
            Setting.Clock.At(run.Latest.UpdatedAt, () => Finish(deployment, conclusion == "success"));
    }

    private void Finish(Deployment deployment, bool isGood)
    {
        var now = Setting.Clock.Now;
        deployment.Add(isGood ? "success" : "failure", now);
        foreach (var older in Repository.Deployments.Where(other => isGood && other != deployment && other.Environment == deployment.Environment && other.Latest?.State == "success").ToList())
            older.Add("inactive", now);
    }
}
