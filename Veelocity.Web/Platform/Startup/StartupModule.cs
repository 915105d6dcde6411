using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Veelocity.Web.Platform.Observability;

namespace Veelocity.Web.Platform.Startup;

/// <summary>The first and the last word of a start: a plain reason when it fails, the address when the app can answer.</summary>
public static partial class StartupModule
{
    const int DefaultPort = 5080;

    /// <summary>Runs the program, which answers its exit code; a reason it cannot start becomes one line on standard error and exit code 1.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> program)
    {
        try
        {
            return await program();
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync($"Veelocity cannot start. {string.Join(' ', e.Failures)}");
            return 1;
        }
        catch (Exception e) when (e is StartupException or IOException { InnerException: AddressInUseException })
        {
            await Console.Error.WriteLineAsync($"Veelocity cannot start. {e.Message}");
            return 1;
        }
    }

    /// <summary>
    /// Makes sure the address is free before anything slow is started. One that was asked for must be; the default gives way to
    /// the next free port, so that two clones can run side by side.
    /// </summary>
    public static void AddFreeAddress(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (configuration["urls"] is { } urls)
        {
            foreach (var address in Parts(urls))
                RequireFree(Parse(address));
        }
        else if (configuration["http_ports"] is { } ports)
        {
            foreach (var port in Parts(ports))
                RequireFree(Parse($"http://*:{port}"));
        }
        else if (configuration["https_ports"] is null && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls($"http://localhost:{FirstFreePort()}");
        }
    }

    /// <summary>Prints where the app answers, once it does.</summary>
    public static void AnnounceWhenReady(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        LogVersion(app.Logger, AppVersion.Text);
        var isForMachines = app.Services.GetRequiredService<IOptions<ObservabilityOptions>>().Value.Logs == LogForm.Json;
        foreach (var address in addresses.Select(a => a.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)))
        {
            if (isForMachines) LogReady(app.Logger, address);
            else Console.WriteLine($"Veelocity is ready: {address}");
        }
    });

    [LoggerMessage(Level = LogLevel.Information, Message = "Veelocity {Version} runs")]
    static partial void LogVersion(ILogger logger, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Veelocity is ready: {Address}")]
    static partial void LogReady(ILogger logger, string address);

    static string[] Parts(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static BindingAddress Parse(string address)
    {
        try
        {
            return BindingAddress.Parse(address);
        }
        catch (FormatException e)
        {
            throw new StartupException($"{address} is no address to listen on: set ASPNETCORE_URLS to one like http://localhost:{DefaultPort}.", e);
        }
    }

    static int FirstFreePort()
    {
        var port = Enumerable.Range(DefaultPort, 100).FirstOrDefault(port => Obstacle("localhost", port) is null);
        if (port == 0)
            throw new StartupException($"Ports {DefaultPort} to {DefaultPort + 99} are all in use: choose another with ASPNETCORE_URLS=http://localhost:8080.");
        if (port != DefaultPort)
            Console.WriteLine($"Port {DefaultPort} is already in use, so Veelocity takes {port}. Choose one with ASPNETCORE_URLS=http://localhost:8080.");
        return port;
    }

    static void RequireFree(BindingAddress address)
    {
        if (address.Port == 0 || address.IsUnixPipe || Obstacle(address.Host, address.Port) is not { } obstacle)
            return;
        throw new StartupException(obstacle.SocketErrorCode == SocketError.AccessDenied
            ? $"Port {address.Port} may not be used by this user: choose one above 1023 with ASPNETCORE_URLS=http://localhost:{DefaultPort}."
            : $"Port {address.Port} is already in use: stop the program that uses it, or choose another with ASPNETCORE_URLS=http://localhost:{address.Port + 1}.",
            obstacle);
    }

    static SocketException? Obstacle(string host, int port)
    {
        IPAddress[] addresses = IPAddress.TryParse(host.Trim('[', ']'), out var given) ? [given]
            : host == "localhost" ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : [IPAddress.Any];
        foreach (var address in addresses)
        {
            try
            {
                using var listener = new TcpListener(address, port);
                listener.Start();
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                return e;
            }
            catch (SocketException)
            {
                // No such address on this machine (IPv6 turned off): for the server to judge.
            }
        }

        return null;
    }
}
