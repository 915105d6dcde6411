using Veelocity.Web.Organizations;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Organizations;

public sealed class SlugTests(TestApp app)
{
    [Theory]
    [InlineData("Acme", "acme")]
    [InlineData("  Ärger & Söhne GmbH ", "arger-sohne-gmbh")]
    [InlineData("Straße № 7", "strasse-7")]
    [InlineData("L'Équipe d’Été", "lequipe-dete")]
    [InlineData("Яндекс Маркет", "yandeks-market")]
    [InlineData("Łódź/Ørsted", "lodz-orsted")]
    [InlineData("東京", "organization")]
    [InlineData("--", "organization")]
    public void A_name_becomes_lower_case_latin_words(string name, string slug) => Assert.Equal(slug, Slug.From(name));

    [Fact]
    public void A_long_name_is_cut_and_does_not_end_in_a_hyphen()
    {
        var slug = Slug.From(string.Join(' ', Enumerable.Repeat("four", 30)));
        Assert.InRange(slug.Length, 30, 40);
        Assert.False(slug.EndsWith('-'));
    }

    [Fact]
    public async Task Two_organizations_of_one_name_get_two_addresses_even_at_the_same_moment()
    {
        var owner = await app.SomeoneAsync();
        var name = $"Twin {Guid.NewGuid():N}"[..16];
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => owner.FoundAsync(name)));
        var slugs = made.Select(o => o.GetProperty("slug").GetString()).Order().ToArray();
        Assert.Equal(4, slugs.Distinct(StringComparer.Ordinal).Count());
        Assert.All(slugs, slug => Assert.StartsWith(Slug.From(name), slug, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reserved_word_is_never_given_as_an_address()
    {
        var owner = await app.SomeoneAsync();
        Assert.Matches("^settings-[0-9]+$", (await owner.FoundAsync("Settings")).GetProperty("slug").GetString());
    }
}
