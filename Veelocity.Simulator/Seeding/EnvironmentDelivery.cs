using System.Text.Json.Nodes;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>Deployments API: staging after each merge, production some hours later, with failures, approvals, rollbacks and repeats.</summary>
internal sealed class EnvironmentDelivery(RepositoryStory home) : Delivery(home)
{
    private readonly Dictionary<string, List<string>> _succeeded = new(StringComparer.Ordinal) { ["production"] = [], ["staging"] = [] };
    private bool _isPlanned;

    public override void Begin()
    {
        foreach (var name in new[] { "production", "staging" })
            Repository.Environments.Add(new DeploymentEnvironment(Setting.World.NextId(), name, Repository.CreatedAt));
        Setting.Clock.At(Setting.End.AddMinutes(-90), () => Deploy("production", Repository.Head!.Sha, "queued"));
    }

    public override void Opened(PullRequest pull)
    {
        if (!Dice.Chance(0.08))
            return;
        var preview = New($"preview-pr-{pull.Number}", pull.Commits[^1].Sha);
        preview.IsTransient = true;
        preview.Ref = pull.HeadRef;
        Setting.Clock.At(Setting.Clock.Now.AddMinutes(4), () => preview.Add("success", Setting.Clock.Now));
        Setting.Clock.At(Setting.Clock.Now.AddDays(6), () => preview.Add("inactive", Setting.Clock.Now));
    }

    public override void Merged(PullRequest pull)
    {
        Setting.Clock.At(Setting.Clock.Now.AddMinutes(9), () => Deploy("staging", Repository.Head!.Sha));
        if (_isPlanned)
            return;
        _isPlanned = true;
        var hours = pull.Labels.Exists(label => label.Name == "hotfix") ? 0.4 : 5 * Setting.Slowness(Setting.Clock.Now);
        Setting.Clock.At(Dice.Pick(Setting.People.Developers).AtWork(Setting.Clock.Now + Dice.Around(hours, 0.6), Dice), () =>
        {
            _isPlanned = false;
            if (Setting.Clock.Now < Setting.End.AddHours(-20))
                Deploy("production", Repository.Head!.Sha);
        });
    }

    private void Deploy(string environment, string sha, string? stops = null)
    {
        var now = Setting.Clock.Now;
        var deployment = New(environment, sha);
        deployment.IsProduction = environment == "production";
        deployment.Add("queued", now);
        if (stops is not null)
            return;
        var starts = now.AddSeconds(20);
        if (deployment.IsProduction && Dice.Chance(0.06))
        {
            Setting.Clock.At(now.AddSeconds(5), () => deployment.Add("waiting", Setting.Clock.Now));
            starts = now + Dice.Around(5);
        }

        Setting.Clock.At(starts, () => deployment.Add("in_progress", Setting.Clock.Now));
        Setting.Clock.At(starts + Dice.Minutes(3, 9), () => Finish(deployment));
    }

    private void Finish(Deployment deployment)
    {
        var now = Setting.Clock.Now;
        var bad = Setting.IsBad(now);
        if (Dice.Chance(bad ? 0.16 : 0.05))
        {
            deployment.Add(Dice.Chance(0.8) ? "failure" : "error", now);
            if (Dice.Chance(0.8))
                Setting.Clock.At(now + Dice.Minutes(15, 90), () => Deploy(deployment.Environment, deployment.Sha));
            return;
        }

        deployment.Add("success", now);
        foreach (var older in Repository.Deployments.Where(other => other != deployment && other.Environment == deployment.Environment && other.Latest?.State == "success").ToList())
            older.Add("inactive", now.AddSeconds(1));
        var done = _succeeded[deployment.Environment];
        done.Add(deployment.Sha);
        if (deployment.IsProduction)
            After(done, now, bad);
    }

    // V1 V2 V1 or V1 V2 V3 V1: back to what worked; or the same once more.
    private void After(List<string> done, DateTimeOffset now, bool bad)
    {
        if (done.Count > 3 && Dice.Chance(bad ? 0.14 : 0.03))
        {
            var target = Dice.Chance(0.5) ? done[^2] : done[^3];
            if (target != done[^1])
                Setting.Clock.At(now + Dice.Minutes(25, 130), () => Deploy("production", target));
        }
        else if (Dice.Chance(0.03))
        {
            Setting.Clock.At(now + Dice.Minutes(20, 60), () => Deploy("production", done[^1]));
        }
    }

    private Deployment New(string environment, string sha) =>
        Repository.Add(new Deployment(Repository, 4_000_000L + Setting.World.NextId(), sha, environment, Setting.Clock.Now)
        {
            Ref = Repository.DefaultBranchName,
            Description = $"Deploy {sha[..7]}",
            Creator = Setting.People.Actions,
            Payload = Dice.Between(1, 10) switch
            {
                1 => JsonValue.Create("plain text"),
                2 => new JsonObject { ["build"] = new JsonObject { ["number"] = 17, ["flags"] = new JsonArray("a", "b") } },
                3 => null,
                4 => JsonValue.Create(""),
                5 => new JsonObject { ["version"] = "1.2.3" },
                _ => new JsonObject(),
            },
        });
}
