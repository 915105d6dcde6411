using System.Net;
using Microsoft.Extensions.Options;
using Veelocity.Web.Connectors;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Tests.Connectors.Http;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::10.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("2002:a00:1::")]
    [InlineData("2001:0:4136:e378::")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    public void An_address_of_no_public_network_is_known(string address) => Assert.True(PrivateNetworks.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("140.82.121.6")]
    [InlineData("11.0.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:50c0:8000::153")]
    [InlineData("::ffff:140.82.121.6")]
    [InlineData("64:ff9b::8c52:7906")]
    public void An_address_of_the_internet_is_let_through(string address) => Assert.False(PrivateNetworks.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://0/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://①②⑦.⓪.⓪.①/")]
    public async Task However_it_is_written_a_private_address_is_refused(string typed)
    {
        await using var host = new ConnectorHost(new Uri("https://api.github.com/"));
        var refused = await Assert.ThrowsAsync<ConnectorException>(() =>
            host.GitHub.TestAsync(new ConnectorCredentials("ghp_good", new Uri(typed)), TestContext.Current.CancellationToken));
        Assert.Equal(ConnectorFault.AddressRefused, refused.Fault);
    }

    [Fact]
    public async Task A_name_is_looked_up_at_each_connection_and_refused_once_it_points_inside()
    {
        var answers = new Queue<IPAddress[]>([[IPAddress.Parse("140.82.121.6")], [IPAddress.Parse("10.0.0.1")]]);
        var guard = Guard((_, _) => Task.FromResult(answers.Dequeue()));
        Assert.Equal("140.82.121.6", Assert.Single(await guard.PublicAddressesAsync("rebind.example", TestContext.Current.CancellationToken)).ToString());
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => guard.PublicAddressesAsync("rebind.example", TestContext.Current.CancellationToken));
        Assert.Equal(ConnectorFault.AddressRefused, refused.Fault);
    }

    [Fact]
    public async Task One_private_address_among_public_ones_is_enough_to_refuse()
    {
        var guard = Guard((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("140.82.121.6"), IPAddress.IPv6Loopback]));
        await Assert.ThrowsAsync<ConnectorException>(() => guard.PublicAddressesAsync("both.example", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_connects_is_what_was_looked_at()
    {
        var asked = new List<string>();
        var guard = Guard((name, _) =>
        {
            asked.Add(name);
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        });
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = guard.ConnectAsync });
        var failed = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://innocent.example:5640/"), TestContext.Current.CancellationToken));
        Assert.Equal(ConnectorFault.AddressRefused, Assert.IsType<ConnectorException>(failed.InnerException).Fault);
        Assert.Equal(["innocent.example"], asked);
    }

    private static AddressGuard Guard(Func<string, CancellationToken, Task<IPAddress[]>> resolve) => new(Options.Create(new ConnectorsOptions())) { Resolve = resolve };
}
