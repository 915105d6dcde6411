using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Tests.Linking.People;

public sealed class BotNamesTests
{
    private static readonly NamePattern ByDefault = NamePattern.Of(Organization.DefaultBotPattern);

    [Theory]
    [InlineData("acme-bot")]
    [InlineData("acme_robot")]
    [InlineData("k8s-ci-robot")]
    [InlineData("acme-ci")]
    [InlineData("release-bot-2")]
    [InlineData("renovate-self-hosted")]
    [InlineData("renovate[bot]")]
    [InlineData("dependabot")]
    [InlineData("Deploy-Bot")]
    public void M29_accounts_named_like_bots_are_bots_by_default(string login) => Assert.True(ByDefault.Matches(login));

    [Theory]
    [InlineData("abbott")]
    [InlineData("Tom-Abbott")]
    [InlineData("talbot")]
    [InlineData("cabot-j")]
    [InlineData("robotnik")]
    [InlineData("lucia")]
    [InlineData("francis")]
    [InlineData("bottega")]
    public void M29_people_whose_names_only_contain_such_a_word_are_not(string login) => Assert.False(ByDefault.Matches(login));
}
