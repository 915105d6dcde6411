using Veelocity.Web.Platform.Startup;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Commands;

/// <summary>What the first argument asks for: <c>serve</c> (the default), <c>migrate</c>, or <c>demo</c>.</summary>
internal static class Command
{
    public static void UseCommand(this WebApplicationBuilder builder, string[] arguments)
    {
        if (Of(arguments) == "demo") Demo.Configure(builder, arguments);
    }

    public static async Task RunCommandAsync(this WebApplication app, string[] arguments)
    {
        await Migrate.RunAsync(app.Services);
        switch (Of(arguments))
        {
            case "migrate":
                return;
            case "demo":
                await Demo.RunAsync(app);
                return;
            case "serve":
                app.UseSyncSchedule();
                await app.RunAsync();
                return;
            case var unknown:
                throw new StartupException($"There is no command '{unknown}': use serve, migrate or demo.");
        }
    }

    private static string Of(string[] arguments) =>
        arguments.FirstOrDefault() is { } first && !first.StartsWith('-') ? first : "serve";
}
