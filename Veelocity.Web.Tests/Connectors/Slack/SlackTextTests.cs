using Veelocity.Web.Connectors.Slack;

namespace Veelocity.Web.Tests.Connectors.Slack;

public sealed class SlackTextTests
{
    [Theory]
    [InlineData("see <#C9|inc-42-checkout>", "see #inc-42-checkout")]
    [InlineData("see <#C9>", "see #C9")]
    [InlineData("see <#C9|>", "see #C9")]
    [InlineData("<@U1|ada> took it", "ada took it")]
    [InlineData("<!subteam^S1|@on-call> &lt;3", "@on-call <3")]
    [InlineData("<https://acme.example/a?b=1&amp;c=2|the alert>", "the alert")]
    public void A_channel_is_named_as_people_write_it(string sent, string text) =>
        Assert.Equal(text, SlackText.Of(Message(sent)).Text);

    [Fact]
    public void Links_are_kept_apart() =>
        Assert.Equal(["https://acme.example/a?b=1&c=2"], SlackText.Of(Message("<https://acme.example/a?b=1&amp;c=2|the alert>")).Links);

    private static MessageRow Message(string text) => new("1.2", null, null, "U1", null, null, null, null, text, null, null, null, null, null, null);
}
