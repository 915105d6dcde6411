using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Linear;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Sync.Linear;

/// <summary>The app's sync beside a small Linear of its own.</summary>
internal sealed class LinearWorld : IAsyncDisposable
{
    private LinearWorld(GitHubSimulator simulator, SyncHost host) => (Simulator, Host) = (simulator, host);

    public GitHubSimulator Simulator { get; }
    public SyncHost Host { get; }
    public LinearWorkspace Linear => Simulator.Linear;
    public LinearTeam Web { get; private set; } = null!;
    public LinearTeam Pay { get; private set; } = null!;
    public LinearUser Ada { get; private set; } = null!;
    public Connection Connection { get; private set; } = null!;

    /// <summary>The linear half of an hour's work begins here.</summary>
    public DateTimeOffset Then { get; } = new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date, TimeSpan.Zero).AddDays(-10);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static async Task<LinearWorld> StartAsync(Func<IConnector, IConnector>? around = null, TimeProvider? time = null)
    {
        var simulator = await GitHubSimulator.StartAsync(new World(DateTimeOffset.UtcNow), cancel: Now, linear: new LinearWorkspace());
        var world = new LinearWorld(simulator, await SyncHost.StartAsync(linear: simulator.LinearBaseUrl, around: around, time: time));
        world.Ada = simulator.Linear.User("Ada Lovelace", "Ada@acme.example", world.Then);
        (world.Web, world.Pay) = (simulator.Linear.Team("WEB", "Web", world.Then), simulator.Linear.Team("PAY", "Payments", world.Then));
        world.Web.Members.Add(world.Ada);
        return world;
    }

    public DateTimeOffset At(double hour) => Then.AddHours(hour);

    public async Task<List<SyncRun>> ConnectAsync(string key = "lin_api_good", IReadOnlyCollection<string>? teams = null)
    {
        var connected = await Host.FoundAndConnectAsync("linear", key, teams);
        Connection = connected.Connection;
        return await RunAsync(connected.Runs);
    }

    public async Task<SyncRun> SyncAsync(bool isFull = false) => Assert.Single(await RunAsync(await Host.RequestAsync(Connection, isFull)));

    public async Task<T> ReadAsync<T>(Func<VeelocityDb, Task<T>> read)
    {
        await using var db = Host.Database.Open();
        db.OrganizationId = Connection.OrganizationId;
        return await read(db);
    }

    public Task<Issue> IssueAsync(string identifier) => ReadAsync(db => db.Issues.SingleAsync(i => i.Identifier == identifier, Now));

    public Task<List<string>> IssuesAsync() => ReadAsync(db => db.Issues.Where(i => !i.IsTrashed).OrderBy(i => i.Identifier).Select(i => i.Identifier).ToListAsync(Now));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    private async Task<List<SyncRun>> RunAsync(IReadOnlyList<SyncRun> runs)
    {
        var done = new List<SyncRun>();
        foreach (var run in runs) done.Add(await Host.RunAsync(run.Id));
        return done;
    }
}
