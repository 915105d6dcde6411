using System.Diagnostics;
using System.Globalization;

namespace Veelocity.Web.Platform.Postgres;

/// <summary>
/// <c>postmaster.pid</c> of a cluster. After a crash it may name a process that is dead, or that by now is another program.
/// </summary>
internal sealed class PostmasterFile(string cluster)
{
    public string Path { get; } = System.IO.Path.Combine(cluster, "postmaster.pid");

    /// <summary>The server's process id while it runs on this cluster, otherwise null.</summary>
    public int? RunningProcess()
    {
        if (ReadProcess() is not { } process)
            return null;
        return (OperatingSystem.IsLinux() ? IsServerOnLinux(process) : IsServer(process)) ? process : null;
    }

    public void Delete() => File.Delete(Path);

    int? ReadProcess()
    {
        try
        {
            return int.TryParse(File.ReadLines(Path).FirstOrDefault(), CultureInfo.InvariantCulture, out var process) && process > 0 ? process : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A killed server that nobody reaps stays as a zombie, which still answers to signals; and only the working directory tells
    // our server from another PostgreSQL that was given the same process id.
    bool IsServerOnLinux(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            if (stat[stat.LastIndexOf(')') + 2] is 'Z' or 'X')
                return false;
            return new FileInfo($"/proc/{process}/cwd").LinkTarget == cluster;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static bool IsServer(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited && found.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
