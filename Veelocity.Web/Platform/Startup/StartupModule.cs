using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Veelocity.Web.Platform.Startup;

/// <summary>The first and the last word of a start: a plain reason when it fails, the address when the app can answer.</summary>
public static class StartupModule
{
    const string DefaultAddress = "http://localhost:5080";

    /// <summary>Runs the program; a reason it cannot start becomes one line on standard error and exit code 1.</summary>
    public static async Task<int> RunAsync(Func<Task> program)
    {
        try
        {
            await program();
            return 0;
        }
        catch (Exception e) when (e is StartupException or IOException { InnerException: AddressInUseException })
        {
            await Console.Error.WriteLineAsync($"Veelocity cannot start. {e.Message}");
            return 1;
        }
    }

    /// <summary>Chooses the address and makes sure it is free, before anything slow is started.</summary>
    public static void AddFreeAddress(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (configuration["urls"] is null && configuration["http_ports"] is null && configuration["https_ports"] is null
            && !configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultAddress);

        string[] addresses = configuration["urls"] is { } urls ? Parts(urls) : [.. Parts(configuration["http_ports"] ?? "").Select(port => $"http://*:{port}")];
        foreach (var address in addresses)
            RequireFree(Parse(address));
    }

    /// <summary>Prints where the app answers, once it does.</summary>
    public static void AnnounceWhenReady(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        foreach (var address in addresses)
            Console.WriteLine($"Veelocity is ready: {address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)}");
    });

    static string[] Parts(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static BindingAddress Parse(string address)
    {
        try
        {
            return BindingAddress.Parse(address);
        }
        catch (FormatException e)
        {
            throw new StartupException($"{address} is no address to listen on: set ASPNETCORE_URLS to one like {DefaultAddress}.", e);
        }
    }

    static void RequireFree(BindingAddress address)
    {
        if (address.Port == 0 || address.IsUnixPipe)
            return;
        var ip = IPAddress.TryParse(address.Host.Trim('[', ']'), out var given) ? given
            : address.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.Any;
        try
        {
            using var listener = new TcpListener(ip, address.Port);
            listener.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            throw new StartupException(e.SocketErrorCode == SocketError.AccessDenied
                ? $"Port {address.Port} may not be used by this user: choose one above 1023 with ASPNETCORE_URLS=http://localhost:5081."
                : $"Port {address.Port} is already in use: stop the program that uses it, or choose another with ASPNETCORE_URLS=http://localhost:{address.Port + 1}.", e);
        }
    }
}
