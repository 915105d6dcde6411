using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Slack;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Tests.Sync.Slack;

/// <summary>The app's sync beside a small Slack of its own; a second organization is connected to the same one.</summary>
internal sealed class SlackWorld : IAsyncDisposable
{
    private SlackWorld(GitHubSimulator simulator, SyncHost host) => (Simulator, Host) = (simulator, host);

    public GitHubSimulator Simulator { get; }
    public SyncHost Host { get; }
    public Workspace Slack => Simulator.Slack;
    public SlackMember Ada { get; private set; } = null!;
    public SlackMember Bo { get; private set; } = null!;
    public SlackChannel Incidents { get; private set; } = null!;
    public SlackChannel Alerts { get; private set; } = null!;
    public Connection Connection { get; private set; } = null!;
    public DateTimeOffset Then { get; } = new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date, TimeSpan.Zero).AddDays(-5);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static async Task<SlackWorld> StartAsync(Func<IConnector, IConnector>? around = null)
    {
        var workspace = new Workspace();
        var simulator = await GitHubSimulator.StartAsync(new World(DateTimeOffset.UtcNow), cancel: Now, slack: workspace);
        var world = new SlackWorld(simulator, await SyncHost.StartAsync(slack: simulator.SlackBaseUrl, around: around));
        (world.Ada, world.Bo) = (workspace.Person("Ada Lovelace", "ada@acme.example"), workspace.Person("Bo Diddley", "bo@acme.example"));
        (world.Incidents, world.Alerts) = (workspace.Channel("incidents", world.Then), workspace.Channel("alerts", world.Then));
        workspace.Channel("general", world.Then);
        return world;
    }

    public DateTimeOffset At(double minute) => Then.AddMinutes(minute);

    public async Task<List<SyncRun>> ConnectAsync(string token = "xoxb-good")
    {
        var connected = await Host.FoundAndConnectAsync("slack", token);
        Connection = connected.Connection;
        return await RunAsync(connected.Runs);
    }

    public async Task<List<SyncRun>> SyncAsync(bool isFull = false) => await RunAsync(await Host.RequestAsync(Connection, isFull));

    public async Task<List<Incident>> FoundAsync()
    {
        await using var db = Host.Database.Open();
        return await db.Incidents.IgnoreQueryFilters().Where(i => i.OrganizationId == Connection.OrganizationId).OrderBy(i => i.StartedAt).ThenBy(i => i.Title).ToListAsync(Now);
    }

    public async Task<string> TextAsync() => string.Join(" | ", (await FoundAsync()).Select(i =>
        $"{(i.StartedAt - Then).TotalMinutes:0}-{(i.ResolvedAt is { } end ? $"{(end - Then).TotalMinutes:0}" : "?")} {i.Title}"));

    public async Task<T> ReadAsync<T>(Func<VeelocityDb, Task<T>> read)
    {
        await using var db = Host.Database.Open();
        db.OrganizationId = Connection.OrganizationId;
        return await read(db);
    }

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
