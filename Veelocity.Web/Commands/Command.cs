using Veelocity.Web.Platform.Startup;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Commands;

/// <summary>What the first argument asks for; serving when there is none.</summary>
/// <param name="Usage">The options it knows, as a person types them.</param>
/// <param name="Summary">One line for the list of commands.</param>
/// <param name="Details">What its own <c>--help</c> adds.</param>
internal sealed record Command(string Name, string Usage, string Summary, string Details = "")
{
    public static readonly IReadOnlyList<Command> All =
    [
        new("serve", "", "Serves pages and API, and syncs (the default); Sync__Worker=false leaves syncing to workers")
        {
            ServesPages = true,
            RunAsync = async (app, _) =>
            {
                app.UseSyncSchedule();
                await app.RunAsync();
                return 0;
            },
        },
        Worker.Command,
        SyncNow.Command,
        new("migrate", "", "Brings the database to this version, and ends") { RunAsync = (_, _) => Task.FromResult(0), KeepsAddressFree = true },
        new("demo", "--simulator URL", "Serves with an organization that is connected to a simulated GitHub")
        {
            ServesPages = true,
            Configure = Demo.Configure,
            RunAsync = async (app, _) =>
            {
                await Demo.RunAsync(app);
                return 0;
            },
        },
    ];

    public bool ServesPages { get; init; }

    /// <summary>It listens nowhere, so an address that is in use does not concern it.</summary>
    public bool KeepsAddressFree { get; init; }

    /// <summary>Before the app is built.</summary>
    public Action<WebApplicationBuilder, string[]> Configure { get; init; } = (_, _) => { };

    /// <summary>Answers the exit code; the database is at this version.</summary>
    public required Func<WebApplication, string[], Task<int>> RunAsync { get; init; }

    /// <summary>The text of <c>--help</c>; null when nobody asks for it.</summary>
    public static string? Help(string[] arguments)
    {
        if (arguments.FirstOrDefault() is not ("help" or "--help" or "-h") && !arguments.Skip(1).Any(a => a is "--help" or "-h")) return null;
        return All.FirstOrDefault(command => command.Name == arguments[0]) is { } asked
            ? $"Usage: veelocity {asked.Name} {asked.Usage}\n\n{asked.Summary}.\n{asked.Details}"
            : "Usage: veelocity [command]\n\n"
                + string.Join('\n', All.Select(command => $"  {command.Name,-9}{command.Summary}"))
                + "\n\nveelocity sync --help tells the options of a command. Settings are environment variables; the README lists them.";
    }

    public static Command Of(string[] arguments)
    {
        var name = arguments.FirstOrDefault() is { } first && !first.StartsWith('-') ? first : "serve";
        return All.FirstOrDefault(command => command.Name == name)
            ?? throw new StartupException($"There is no command '{name}': use {string.Join(", ", All.SkipLast(1).Select(c => c.Name))} or {All[^1].Name}.");
    }

    public void Prepare(WebApplicationBuilder builder, string[] arguments)
    {
        if (KeepsAddressFree) builder.Configuration["urls"] = "http://127.0.0.1:0";
        Configure(builder, arguments);
    }
}
