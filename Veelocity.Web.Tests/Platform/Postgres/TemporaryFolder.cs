namespace Veelocity.Web.Tests.Platform.Postgres;

/// <summary>A data directory of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("veelocity-platform-").FullName;

    public string Cluster => System.IO.Path.Combine(Path, "postgres", "18");

    public TemporaryFolder()
    {
        // As root the server runs as another user, who has to be let in.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
