using Veelocity.Web.Connectors.Linear;

namespace Veelocity.Web.Tests.Connectors.Linear;

public sealed class PullRequestAddressTests
{
    [Theory]
    [InlineData("https://github.com/acme/shop/pull/1")]
    [InlineData(" https://github.com/Acme/Shop/pull/1/files?w=1 ")]
    [InlineData("https://github.com/acme/shop/pull/1#issuecomment-5")]
    [InlineData("http://github.com/acme/shop/pull/1")]
    [InlineData("https://www.github.com/acme/shop/pull/1")]
    [InlineData("https://github.com/acme/shop/pulls/1")]
    public void M31_however_it_was_pasted_it_is_one_pull_request(string pasted) =>
        Assert.Equal("https://github.com/acme/shop/pull/1", LinearFacts.UrlOf(pasted));

    [Theory]
    [InlineData("http://ghe.acme.test:8080/acme/shop/pull/1/commits", "http://ghe.acme.test:8080/acme/shop/pull/1")]
    [InlineData("https://acme.example/Doc#1", "https://acme.example/Doc#1")]
    public void M31_other_addresses_keep_their_host_and_port(string pasted, string kept) => Assert.Equal(kept, LinearFacts.UrlOf(pasted));
}
