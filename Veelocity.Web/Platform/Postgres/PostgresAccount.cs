using System.Diagnostics;
using System.Globalization;
using Veelocity.Web.Platform.Startup;

namespace Veelocity.Web.Platform.Postgres;

/// <summary>
/// The user PostgreSQL runs as. It refuses to run as root, so root hands it to the owner of the data, or to nobody.
/// </summary>
internal sealed class PostgresAccount
{
    readonly string[] _prefix;
    readonly string? _owner;

    PostgresAccount(string[] prefix, string? owner)
    {
        _prefix = prefix;
        _owner = owner;
    }

    public bool IsSomeoneElse => _owner is not null;

    public static async Task<PostgresAccount> ForAsync(string folder, CancellationToken cancellation)
    {
        var self = new PostgresAccount([], owner: null);
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return self;
        if (!OperatingSystem.IsLinux())
            throw new StartupException("PostgreSQL refuses to run as root: start Veelocity as an ordinary user, or set ConnectionStrings__Veelocity to a database of your own.");

        var owner = (await self.RunAsync("stat", ["-c", "%u:%g", folder], cancellation)).Output.Trim();
        if (owner.StartsWith("0:", StringComparison.Ordinal))
            owner = Nobody();
        var (uid, gid) = (owner.Split(':')[0], owner.Split(':')[1]);
        var account = new PostgresAccount(["setpriv", $"--reuid={uid}", $"--regid={gid}", "--clear-groups", "--inh-caps=-all", "--"], owner);
        if (!File.Exists("/usr/bin/setpriv") && !File.Exists("/bin/setpriv"))
            throw new StartupException("PostgreSQL refuses to run as root and setpriv was not found to change the user: install util-linux, or start Veelocity as an ordinary user.");
        var (exitCode, output) = await account.RunAsync("true", [], cancellation);
        return exitCode == 0
            ? account
            : throw new StartupException($"PostgreSQL refuses to run as root and the user could not be changed ({output}): start Veelocity as an ordinary user.");
    }

    /// <summary>Gives the folder and all in it to this account.</summary>
    public async Task TakeOverAsync(string folder, CancellationToken cancellation)
    {
        if (_owner is not null)
            await new PostgresAccount([], owner: null).RunAsync("chown", ["-R", _owner, folder], cancellation);
    }

    public async Task<bool> CanEnterAsync(string folder, CancellationToken cancellation) =>
        (await RunAsync("sh", ["-c", "cd \"$0\"", folder], cancellation)).ExitCode == 0;

    public async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        using var process = Start(program, arguments, redirectInput: false);
        var reading = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        // A server started by pg_ctl may hold the pipes open on Windows; what pg_ctl itself had to say is there by now.
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(2), cancellation));
        return (process.ExitCode, reading.IsCompletedSuccessfully ? string.Join('\n', reading.Result).Trim() : "");
    }

    public Process Start(string program, string[] arguments, bool redirectInput)
    {
        string[] command = [.. _prefix, program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = redirectInput,
            RedirectStandardOutput = !redirectInput,
            RedirectStandardError = !redirectInput,
            // The folder the app was started in may be closed to another user.
            WorkingDirectory = IsSomeoneElse ? "/" : "",
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start) ?? throw new StartupException($"{command[0]} could not be started.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new StartupException($"{command[0]} could not be started: {e.Message}.", e);
        }
    }

    static string Nobody()
    {
        var fields = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        var chosen = fields.Find(fields => fields[0] == "nobody")
            ?? fields.Find(fields => fields[0] == "postgres")
            ?? throw new StartupException("PostgreSQL refuses to run as root and this system has no user named nobody: start Veelocity as an ordinary user.");
        return string.Create(CultureInfo.InvariantCulture, $"{chosen[2]}:{chosen[3]}");
    }
}
