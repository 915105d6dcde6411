using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Veelocity.Web.Tests.Platform.Mail;

/// <summary>A mail server of its own process (npm maildev) that keeps what it is given; its REST API reads it.</summary>
public sealed class MailDev : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient client;

    private MailDev(Process process, int webPort) =>
        (this.process, client) = (process, new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{webPort}/")) });

    /// <summary>A free port below the ephemeral range, so that no outgoing connection takes it first.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(12_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // In use: try another.
            }
        }
    }

    public static async Task<MailDev> StartAsync(int smtpPort)
    {
        var web = FreePort();
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { Script(), "--smtp", Text(smtpPort), "--web", Text(web), "--ip", "127.0.0.1", "--web-ip", "127.0.0.1", "--silent" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var started = Process.Start(start)!;
        started.OutputDataReceived += (_, _) => { };
        started.ErrorDataReceived += (_, _) => { };
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        var server = new MailDev(started, web);
        await server.UntilAsync(async () => (await server.client.GetAsync(new Uri("email", UriKind.Relative))).IsSuccessStatusCode);
        return server;
    }

    /// <summary>The newest mail to this address, as soon as there is one.</summary>
    public async Task<ReceivedMail> ReadAsync(string to)
    {
        ReceivedMail? found = null;
        await UntilAsync(async () => (found = await AllAsync(to) is [.., var newest] ? newest : null) is not null);
        return found!;
    }

    public async Task<IReadOnlyList<ReceivedMail>> AllAsync(string to)
    {
        var all = (await client.GetFromJsonAsync<JsonElement>(new Uri("email", UriKind.Relative))).EnumerateArray();
        return [.. all.Where(mail => mail.GetProperty("to").EnumerateArray().Any(a => string.Equals(a.GetProperty("address").GetString(), to, StringComparison.OrdinalIgnoreCase)))
            .Select(mail => new ReceivedMail(mail.GetProperty("subject").GetString()!, mail.GetProperty("text").GetString()!, mail.GetProperty("html").GetString()!, mail.GetProperty("headers")))];
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private Task UntilAsync(Func<Task<bool>> isSo) => Wait.UntilAsync(
        async () =>
        {
            try
            {
                return await isSo();
            }
            catch (HttpRequestException)
            {
                return false; // not up yet
            }
        },
        () => process.HasExited ? "The mail server has ended." : "No such mail came.");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "node_modules", "maildev", "bin", "maildev");
            if (File.Exists(script)) return script;
        }
        throw new FileNotFoundException("node_modules/maildev is missing: run npm ci.");
    }
}

/// <summary>A mail as the server got it.</summary>
public sealed record ReceivedMail(string Subject, string Text, string Html, JsonElement Headers)
{
    /// <summary>The path of the link in it.</summary>
    public string Path => Link.AbsolutePath;

    /// <summary>The same with the link's query.</summary>
    public string PathAndQuery => Link.PathAndQuery;

    private Uri Link => new(Text.Split('\n').First(line => line.StartsWith("http", StringComparison.Ordinal)).Trim());
}
