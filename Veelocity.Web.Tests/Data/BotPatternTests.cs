using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Tests.Data;

public sealed class BotPatternTests
{
    private static readonly NamePattern Bots = NamePattern.Of(Organization.DefaultBotPattern);

    [Theory]
    [InlineData("acme-bot")]
    [InlineData("acme-bot2")]
    [InlineData("bot-acme")]
    [InlineData("acme-robot")]
    [InlineData("k8s-ci-robot")]
    [InlineData("acme-ci")]
    [InlineData("acme-automation")]
    [InlineData("renovate")]
    [InlineData("renovate-approve")]
    [InlineData("dependabot-preview")]
    [InlineData("codecov-commenter")]
    [InlineData("codecov-io")]
    [InlineData("greenkeeperio-bot")]
    [InlineData("snyk-acme")]
    [InlineData("github-actions")]
    [InlineData("semantic-release-bot")]
    public void M29_accounts_of_type_user_that_are_bots_are_known_by_their_login(string login) => Assert.True(Bots.Matches(login));

    [Theory]
    [InlineData("abbott")]
    [InlineData("talbot")]
    [InlineData("botond")]
    [InlineData("robotham")]
    [InlineData("lucia")]
    [InlineData("cicero")]
    [InlineData("marci")]
    [InlineData("snyker")]
    [InlineData("codecovington")]
    public void M29_a_name_that_only_holds_the_letters_is_a_person_s(string login) => Assert.False(Bots.Matches(login));
}
