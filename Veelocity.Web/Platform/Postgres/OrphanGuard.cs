using System.Diagnostics;
using System.Globalization;

namespace Veelocity.Web.Platform.Postgres;

/// <summary>
/// Stops the server when the app dies without doing so: a shell that waits for the end of a pipe which the operating system closes
/// with the app. On Windows the next start stops what was left.
/// </summary>
internal sealed class OrphanGuard : IAsyncDisposable
{
    // Deaf to the signals a terminal sends to the whole group: the app's own orderly stop comes first. The process id is compared
    // with the file, which an orderly stop removes.
    const string Script = """
        trap '' INT TERM HUP
        exec >/dev/null 2>&1
        cat
        [ "$(head -n 1 "$0")" = "$1" ] && kill -INT "$1"
        """;

    readonly Process? _shell;

    OrphanGuard(Process? shell) => _shell = shell;

    public static OrphanGuard Start(PostgresFolder folder, int server) => new(OperatingSystem.IsWindows()
        ? null
        : folder.Account.Start("sh", ["-c", Script, folder.Postmaster.Path, server.ToString(CultureInfo.InvariantCulture)], redirectInput: true));

    /// <summary>Call after the server has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_shell is null)
            return;
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }
}
