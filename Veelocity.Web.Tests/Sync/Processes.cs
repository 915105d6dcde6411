using Veelocity.Web.Tests.Platform;

namespace Veelocity.Web.Tests.Sync;

/// <summary>The app as processes of its own on a test's database, with a simulated GitHub.</summary>
internal static class Processes
{
    public static AppProcess Start(this SyncHost host, Uri github, string[] arguments, params (string Name, string Value)[] settings) => AppProcess.Start(
        arguments,
        [
            ("ConnectionStrings__Veelocity", host.Database.ConnectionString),
            ("Connectors__GitHub__BaseUrl", github.ToString()),
            ("Sync__EveryMinutes", "0"),
            .. settings,
        ]);
}
