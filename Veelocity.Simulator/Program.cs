using Veelocity.Simulator.Linear;
using Veelocity.Simulator.Recordings;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Slack;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator;

/// <summary>Starts the simulator from the command line.</summary>
internal static class Program
{
    private static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var world = WorldFrom(builder.Configuration, TimeProvider.System);
        var (slack, linear) = OthersFrom(builder.Configuration);
        await using var app = GitHubSimulator.Build(builder, world, TimeProvider.System, slack, linear);
        await app.StartAsync();
        foreach (var address in app.Urls)
            Console.WriteLine($"GitHub simulator on {address}: {world.Repositories.Count} repositories, {world.Repositories.Sum(repository => repository.PullRequests.Count)} pull requests. Token: ghp_good. Slack: {address}/slack/api/, token: xoxb-good. Linear: {address}/linear/, key: lin_api_good");
        await app.WaitForShutdownAsync();
    }

    private static (Workspace? Slack, LinearWorkspace? Linear) OthersFrom(ConfigurationManager configuration)
    {
        if (configuration["recording"] is not { Length: > 0 } folder || !Recording.IsWhole(folder))
            return (null, null);
        var (slack, linear) = (new Workspace(), new LinearWorkspace());
        RecordingServer.LoadOthers(folder, linear, slack);
        return (slack, linear);
    }

    private static World WorldFrom(ConfigurationManager configuration, TimeProvider clock)
    {
        if (configuration["recording"] is { Length: > 0 } folder)
            return Recording.Load(folder);
        var options = new SeedOptions { Now = Iso.Parse(configuration["now"]) ?? SeedOptions.Today(clock) };
        return SeededWorld.Create(options with
        {
            Seed = configuration.GetValue("seed", options.Seed),
            Repositories = configuration.GetValue("repositories", options.Repositories),
            PullRequests = configuration.GetValue("pull-requests", options.PullRequests),
            Months = configuration.GetValue("months", options.Months),
            HasTeams = configuration.GetValue("teams", true),
            Monorepo = configuration.GetValue("monorepo", options.Monorepo),
        });
    }
}
