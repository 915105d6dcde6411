using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Veelocity.Web.Connectors.Http;

/// <summary>
/// Keeps addresses that users type away from private networks. It looks at the resolved address while connecting, because a name
/// that was public when it was typed may point elsewhere later.
/// </summary>
internal sealed class AddressGuard(IOptions<ConnectorsOptions> options)
{
    /// <summary>Asks for a name's addresses; tests answer in its place.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    private readonly bool _allowsPrivate = options.Value.AllowPrivateNetworks;

    private readonly HashSet<(string Host, int Port)> _chosenByOperator =
        [.. options.Value.OperatorAddresses.Select(address => (address.IdnHost, address.Port))];

    /// <summary>Refuses a typed address that is plainly unfit before anything is sent to it.</summary>
    public void Check(Uri typed)
    {
        if (_allowsPrivate || _chosenByOperator.Contains((typed.IdnHost, typed.Port)))
            return;
        if (typed.Scheme != Uri.UriSchemeHttps)
            throw Refused($"The address {typed.Host} has to begin with https://, or the token would travel in the clear.");
        if (IPAddress.TryParse(typed.IdnHost, out var address) && PrivateNetworks.Contain(address))
            throw RefusedAsPrivate(typed.Host);
    }

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        var addresses = IsFree(context) ? await Resolve(target.Host, cancellation) : await PublicAddressesAsync(target.Host, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses that are connected to, and no others: between this look and the connection nobody is asked again.</summary>
    internal async Task<IPAddress[]> PublicAddressesAsync(string host, CancellationToken cancellation)
    {
        var addresses = await Resolve(host, cancellation);
        return addresses.Any(PrivateNetworks.Contain) ? throw RefusedAsPrivate(host) : addresses;
    }

    // A target other than the request's own host is the proxy of the operator's environment.
    private bool IsFree(SocketsHttpConnectionContext context) =>
        _allowsPrivate
        || _chosenByOperator.Contains((context.DnsEndPoint.Host, context.DnsEndPoint.Port))
        || context.InitialRequestMessage.RequestUri?.IdnHost != context.DnsEndPoint.Host;

    private static ConnectorException RefusedAsPrivate(string host) =>
        Refused($"The address {host} lies in a private network. The operator can allow that with Connectors:AllowPrivateNetworks.");

    private static ConnectorException Refused(string message) => new(ConnectorFault.AddressRefused, message);
}
