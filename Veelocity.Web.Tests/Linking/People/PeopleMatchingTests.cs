using Veelocity.Web.Linking.People;

namespace Veelocity.Web.Tests.Linking.People;

public sealed class PeopleMatchingTests
{
    private static readonly AccountFacts Ann = Login(1, "ann", "Ann Lee");
    private static readonly AccountFacts AnnAtWork = Login(2, "ann-corp", "Ann Lee");
    private static readonly AccountFacts Address = Git(3, "ann@home.test.org", "Ann");
    private static readonly AccountFacts Ben = Login(4, "ben", "Ben");

    [Fact]
    public void Accounts_that_share_an_address_are_one_person() =>
        Assert.Equal("1 1 4", Match([Ann, AnnAtWork, Ben], (1, "ann@corp.com"), (2, "ann@corp.com"), (4, "ben@corp.com")));

    [Fact]
    public void The_id_in_GitHubs_own_address_is_exact_and_its_older_form_names_the_login()
    {
        var byId = Git(5, "1001+whatever@users.noreply.github.com", null);
        var byLogin = Git(6, "ben@users.noreply.github.com", null);
        Assert.Equal("1 4 1 4", Match([Ann, Ben, byId, byLogin], (5, byId.Login), (6, byLogin.Login)));
    }

    [Fact]
    public void Somebody_who_connected_GitHub_at_another_provider_is_that_account_and_no_other_with_the_same_number()
    {
        var planner = new AccountFacts(Id(7), "linear", "9b2c", "annika", "Annika", IsBot: false, null, IsDecided: false) { GitHubUserId = Ann.ExternalId };
        var namesake = new AccountFacts(Id(8), "slack", Ann.ExternalId, "somebody", null, IsBot: false, null, IsDecided: false);
        Assert.Equal("1 4 1 8", Match([Ann, Ben, planner, namesake], (7, "annika@elsewhere.org")));
    }

    [Theory]
    [InlineData("noreply@github.com")]
    [InlineData("root@localhost")]
    [InlineData("build@ci.local")]
    [InlineData("user@corp.com")]
    public void An_address_that_is_nobodys_joins_nobody(string email) => Assert.Equal("1 4", Match([Ann, Ben], (1, email), (4, email)));

    [Fact]
    public void A_mailbox_that_many_share_joins_nobody()
    {
        var many = Enumerable.Range(10, 5).Select(n => Login(n, $"dev{n}", null)).ToArray();
        Assert.Equal("10 11 12 13 14", Match(many, [.. many.Select((_, i) => (10 + i, "team@corp.com"))]));
    }

    [Fact]
    public void A_name_that_nobody_else_has_at_a_provider_is_one_person_across_providers()
    {
        var linear = At("linear", 20, "Ánn  Lee");
        var slack = At("slack", 21, "ann lee");
        var address = Git(22, "ann@home.test.org", "Ann Lee");
        Assert.Equal("1 1 1 1 4", Match([Ann, linear, slack, address, Ben]));
        Assert.Equal("4 4", Match([Ben, At("slack", 23, "Ben")]));
    }

    [Fact]
    public void Namesakes_at_one_provider_are_not_joined_with_anyone()
    {
        Assert.Equal("1 2", Match([Ann, AnnAtWork]));
        Assert.Equal("1 2 20", Match([Ann, AnnAtWork, At("linear", 20, "Ann Lee")]));
        // An email says which of them it is.
        Assert.Equal("1 2 2", Match([Ann, AnnAtWork, At("linear", 20, "Ann Lee")], (2, "ann@corp.com"), (20, "ann@corp.com")));
    }

    [Fact]
    public void A_single_word_in_commits_is_nobodys_name() => Assert.Equal("3 4", Match([Address with { Name = "Ben" }, Ben]));

    [Fact]
    public void People_said_to_be_different_are_not_joined_by_their_name()
    {
        var linear = At("linear", 20, "Ann Lee") with { PersonId = Id(20) };
        Assert.Equal("1 20", Match([Ann with { PersonId = Id(1) }, linear], new HashSet<(Guid, Guid)> { (Id(1), Id(20)) }));
    }

    [Fact]
    public void Names_that_several_people_have_are_told_apart_by_login()
    {
        AccountFacts[] accounts = [Ann, AnnAtWork, Ben, At("slack", 23, "Ben")];
        var people = PeopleMatching.Match(accounts, [], new HashSet<(Guid, Guid)>());
        var names = PeopleNames.Of(accounts, people);
        Assert.Equal(["Ann Lee (ann)", "Ann Lee (ann-corp)", "Ben"], names.Values.Order(StringComparer.Ordinal));
        Assert.Equal("Ann Lee", Veelocity.Web.Data.Person.WithoutLogin(names[Id(1)]));
    }

    [Fact]
    public void What_a_person_decided_goes_before_matching_and_draws_what_matches_it()
    {
        var split = AnnAtWork with { PersonId = Id(2), IsDecided = true };
        Assert.Equal("1 2", Match([Ann with { PersonId = Id(1), IsDecided = true }, split], (1, "ann@corp.com"), (2, "ann@corp.com")));
        var merged = Ben with { PersonId = Id(1), IsDecided = true };
        Assert.Equal("1 1 1", Match([Ann, merged, Address], (4, Address.Login), (3, Address.Login)));
    }

    [Fact]
    public void M29_a_bot_is_nobody_else() =>
        Assert.Equal("1 4", Match([Ann, Ben with { IsBot = true }], (1, "ann@corp.com"), (4, "ann@corp.com")));

    [Fact]
    public void A_login_stands_for_a_person_before_an_address_does() => Assert.Equal("1 1", Match([Address, Ann], (3, Address.Login), (1, Address.Login)));

    [Fact]
    public void Five_thousand_accounts_are_matched_in_a_moment()
    {
        var accounts = Enumerable.Range(1, 5000).Select(n => Login(n, $"dev{n}", $"Dev {n}")).ToList();
        var emails = accounts.SelectMany((a, i) => new[] { (a.Id, $"dev{i / 2}@corp.com"), (a.Id, $"{a.Login}@home.org") }).ToList();
        var took = ProcessorTime.Of(() =>
            Assert.Equal(2500, PeopleMatching.Match(accounts, emails, new HashSet<(Guid, Guid)>()).Values.Distinct().Count()));
        Assert.True(took < TimeSpan.FromSeconds(2), $"{took}");
    }

    [Fact]
    public void Equal_names_and_like_logins_are_suggested_once()
    {
        AccountFacts[] accounts = [Own(Ann), Own(Login(7, "alee", "Lee, Ánn")), Own(Git(8, "annlee@corp.com", null)), Own(Ben), Own(Login(9, "ann-lee-bot", "Ann Lee") with { IsBot = true })];
        var suggested = PeopleSuggestions.Of(accounts, new HashSet<(Guid, Guid)>());
        Assert.Equal([(1, 7), (1, 8)], suggested.Select(s => (Number(s.One), Number(s.Other))).Order());
        Assert.Equal([(1, 8)], PeopleSuggestions.Of(accounts, new HashSet<(Guid, Guid)> { (Id(1), Id(7)) }).Select(s => (Number(s.One), Number(s.Other))).Where(s => s.Item1 == 1));
    }

    private static string Match(AccountFacts[] accounts, params (int Account, string Email)[] emails) => Match(accounts, new HashSet<(Guid, Guid)>(), emails);

    private static string Match(AccountFacts[] accounts, HashSet<(Guid, Guid)> keptApart, params (int Account, string Email)[] emails)
    {
        var people = PeopleMatching.Match(accounts, emails.Select(e => (Id(e.Account), e.Email)), keptApart);
        return string.Join(' ', accounts.Select(a => Number(people[a.Id])));
    }

    private static AccountFacts Own(AccountFacts account) => account with { PersonId = account.Id };

    private static AccountFacts Login(int number, string login, string? name) => new(Id(number), "github", $"{1000 + number}", login, name, false, null, false);

    private static AccountFacts At(string provider, int number, string name) => new(Id(number), provider, $"{provider}-{number}", $"login{number}", name, false, null, false);

    private static AccountFacts Git(int number, string email, string? name) => new(Id(number), AccountFacts.GitProvider, email, email, name, false, null, false);

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static int Number(Guid id) => BitConverter.ToInt32(id.ToByteArray(), 0);
}
