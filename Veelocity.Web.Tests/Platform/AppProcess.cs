using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Veelocity.Web.Tests.Platform;

/// <summary>The app as a process of its own, as a person starts it.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly ConcurrentQueue<string> _lines = new();
    readonly TaskCompletionSource<string?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    AppProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public string Output => string.Join('\n', _lines);

    public static AppProcess Start(params (string Name, string Value)[] settings) => Start([], settings);

    /// <param name="arguments">A command and its options; none serves.</param>
    public static AppProcess Start(string[] arguments, params (string Name, string Value)[] settings) =>
        StartIn(AppContext.BaseDirectory, arguments, settings);

    /// <param name="folder">Where the app is.</param>
    /// <param name="arguments">A command and its options; none serves.</param>
    public static AppProcess StartIn(string folder, string[] arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Veelocity.Web.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment.Remove("ConnectionStrings__Veelocity");
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var app = new AppProcess(Process.Start(start)!);
        app._process.OutputDataReceived += app.Read;
        app._process.ErrorDataReceived += app.Read;
        app._process.BeginOutputReadLine();
        app._process.BeginErrorReadLine();
        return app;
    }

    /// <summary>The address it printed once it could answer.</summary>
    public async Task<Uri> ReadyAsync(CancellationToken cancellation)
    {
        var address = await Wait.OnAsync(_ready.Task);
        return address is null ? throw new InvalidOperationException($"It ended: {Output}") : new Uri(address);
    }

    public Task EndAsync(CancellationToken cancellation) => Wait.OnAsync(_process.WaitForExitAsync(cancellation));

    /// <summary>Asks it to end, as an orchestrator does; does not wait until it has.</summary>
    public async Task TerminateAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await kill.WaitForExitAsync(cancellation);
    }

    public async Task KillAsync(CancellationToken cancellation)
    {
        _process.Kill();
        await EndAsync(cancellation);
    }

    /// <summary>The processes it started that still run, on Linux.</summary>
    public IEnumerable<Process> Children() => Process.GetProcesses().Where(process =>
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process.Id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == Id.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false;
        }
    });

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync(CancellationToken.None);
        _process.Dispose();
    }

    void Read(object sender, DataReceivedEventArgs line)
    {
        const string Ready = "Veelocity is ready: ";
        if (line.Data is null)
        {
            _ready.TrySetResult(null);
            return;
        }

        _lines.Enqueue(line.Data);
        if (line.Data.StartsWith(Ready, StringComparison.Ordinal))
            _ready.TrySetResult(line.Data[Ready.Length..]);
    }
}
