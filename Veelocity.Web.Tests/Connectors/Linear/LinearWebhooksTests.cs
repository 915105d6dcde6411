using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Veelocity.Web.Connectors.Linear;

namespace Veelocity.Web.Tests.Connectors.Linear;

public sealed class LinearWebhooksTests
{
    private const string Secret = "lin_wh_secret";

    [Theory]
    [InlineData(-60_000, true)]
    [InlineData(-60_001, false)]
    [InlineData(60_000, true)]
    [InlineData(60_001, false)]
    public void A_delivery_is_accepted_within_a_minute_of_its_time(int milliseconds, bool isAccepted)
    {
        var now = new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero);
        var body = Encoding.UTF8.GetBytes($$"""{"webhookTimestamp":{{now.AddMilliseconds(milliseconds).ToUnixTimeMilliseconds()}}}""");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));
        var webhooks = new LinearWebhooks(null!, new FakeTimeProvider(now));
        Assert.Equal(isAccepted, webhooks.IsProven(name => name == "Linear-Signature" ? signature : null, body, Secret));
    }
}
