using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.GraphQl;
using Veelocity.Simulator.Linear;
using Veelocity.Simulator.Recordings;
using Veelocity.Simulator.Rest;
using Veelocity.Simulator.SignIn;
using Veelocity.Simulator.Slack;
using Veelocity.Simulator.Webhooks;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator;

/// <summary>
/// A server that looks like GitHub, over a <see cref="Worlds.World"/>. In a test: <c>await using var github = await GitHubSimulator.StartAsync(world);</c>,
/// then call <see cref="BaseUrl"/> with any token starting with <c>ghp_</c> or <c>github_pat_</c>. A token that says <c>wrong</c>, <c>expired</c>,
/// <c>sso</c>, <c>noscope</c> or <c>limited</c> behaves that way.
/// </summary>
public sealed class GitHubSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GitHubSimulator(WebApplication app, World world)
    {
        _app = app;
        World = world;
        Hooks = app.Services.GetRequiredService<HookRegistry>();
        Slack = app.Services.GetRequiredService<Workspace>();
        SlackEvents = app.Services.GetRequiredService<SlackEvents>();
        Linear = app.Services.GetRequiredService<LinearWorkspace>();
        LinearHooks = app.Services.GetRequiredService<LinearHooks>();
        LinearGrants = app.Services.GetRequiredService<LinearGrants>();
        SignIns = app.Services.GetRequiredService<GitHubSignIns>();
        Clock = app.Services.GetRequiredService<SteerableClock>();
        RequestLog = app.Services.GetRequiredService<RequestLog>();
        Faults = app.Services.GetRequiredService<Faults>();
        RateLimits = app.Services.GetRequiredService<RateLimits>();
    }

    /// <summary>What is served; change it between requests.</summary>
    public World World { get; }

    /// <summary>The Slack beside it, at <see cref="SlackBaseUrl"/>.</summary>
    public Workspace Slack { get; }

    /// <summary>What Slack tells by itself.</summary>
    public SlackEvents SlackEvents { get; }

    /// <summary>Slack's Web API; any token that begins with <c>xoxb-</c> is good.</summary>
    public Uri SlackBaseUrl => new(BaseUrl, "slack/api/");

    /// <summary>The Linear beside it, at <see cref="LinearBaseUrl"/>.</summary>
    public LinearWorkspace Linear { get; }

    /// <summary>What Linear tells by itself.</summary>
    public LinearHooks LinearHooks { get; }

    /// <summary>Who may ask Linear after signing in.</summary>
    public LinearGrants LinearGrants { get; }

    /// <summary>Linear's API; any key that begins with <c>lin_api_</c> and does not say <c>wrong</c> is good.</summary>
    public Uri LinearBaseUrl => new(BaseUrl, "linear/");

    /// <summary>Who signs in with GitHub, at <c>{BaseUrl}login/oauth/</c>.</summary>
    public GitHubSignIns SignIns { get; }

    /// <summary>The time the simulator goes by: the budgets' hours, the <c>Date</c> header, what happens to the world.</summary>
    public SteerableClock Clock { get; }

    /// <summary>The webhooks, and what was delivered.</summary>
    public HookRegistry Hooks { get; }

    /// <summary>Every request so far.</summary>
    public RequestLog RequestLog { get; }

    /// <summary>What goes wrong.</summary>
    public Faults Faults { get; }

    /// <summary>The hourly budgets.</summary>
    public RateLimits RateLimits { get; }

    /// <summary>The root: <c>{BaseUrl}user</c>, <c>{BaseUrl}graphql</c>, and an enterprise server's <c>{BaseUrl}api/v3/</c> and <c>{BaseUrl}api/graphql</c>.</summary>
    public Uri BaseUrl => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <summary>Starts on the loopback address; port 0 takes a free one. Without a clock the machine's counts the budgets' hours.</summary>
    public static async Task<GitHubSimulator> StartAsync(World world, int port = 0, TimeProvider? clock = null, Workspace? slack = null, LinearWorkspace? linear = null, CancellationToken cancel = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = Build(builder, world, clock ?? TimeProvider.System, slack, linear);
        await app.StartAsync(cancel);
        return new GitHubSimulator(app, world);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    internal static WebApplication Build(WebApplicationBuilder builder, World world, TimeProvider clock, Workspace? slack = null, LinearWorkspace? linear = null)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRouting();
        var time = new SteerableClock(clock);
        builder.Services.AddSingleton(world).AddSingleton(time).AddSingleton<TimeProvider>(time).AddSingleton<RequestLog>().AddSingleton<Faults>().AddSingleton<RateLimits>().AddSingleton<GraphQlEndpoint>();
        builder.Services.AddSingleton(services => new HookRegistry(world, time, services.GetRequiredService<IServer>()));
        builder.Services.AddSingleton(_ => slack ?? SlackStory.Tell(world)).AddSingleton<SlackEvents>();
        builder.Services.AddSingleton(_ => linear ?? LinearStory.Tell(world)).AddSingleton<LinearHooks>().AddSingleton<LinearGrants>().AddSingleton<LinearRoutes>().AddSingleton<GitHubSignIns>();
        builder.Services.AddSingleton<RecordingServer>();
        var app = builder.Build();
        app.Services.GetRequiredService<HookRegistry>();
        app.MapWhen(ControlRoutes.Takes, ControlRoutes.Use);
        HalfCharacters.Show(app, world);
        app.MapWhen(http => http.Request.Path.StartsWithSegments(SlackRoutes.Root, StringComparison.Ordinal), SlackRoutes.Use);
        app.MapWhen(http => http.Request.Path.StartsWithSegments(LinearRoutes.Root, StringComparison.Ordinal), LinearRoutes.Use);
        app.MapWhen(GitHubSignInRoutes.Takes, GitHubSignInRoutes.Use);
        app.UseMiddleware<ApiGate>();
        app.UseRouting();
        RestRoutes.Map(app);
        app.Services.GetRequiredService<GraphQlEndpoint>().Map(app);
        return app;
    }
}
