using Veelocity.Web.Linking.Sources;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Sources;

public sealed class TagSourceTests
{
    [Fact]
    public void M8_a_tag_is_dated_by_its_tagger_or_by_its_commit() =>
        Assert.Equal(
            [("v1.0", At(2)), ("v1.1", At(3))],
            TagSource.Derive(Facts() with { Tags = [Tag("v1.0", 1, tagged: 2), Tag("v1.1", 3)] }).Select(d => (d.Title, d.FinishedAt)));

    [Fact]
    public void M8_a_pattern_selects_tags()
    {
        var facts = Facts() with { Tags = [Tag("shop-v1.0", 1), Tag("web-v1.0", 2), Tag("shop-latest", 3)] };
        Assert.Equal(["shop-v1.0", "shop-latest"], TagSource.Derive(facts, "shop-*").Select(d => d.Title));
        Assert.Equal(["shop-v1.0", "web-v1.0"], TagSource.Derive(facts).Select(d => d.Title));
    }

    [Theory]
    [InlineData("v1.1.0-rc.1")]
    [InlineData("1.1.0-CR2")]
    [InlineData("1.1.0-M1")]
    [InlineData("1.1.0-milestone-2")]
    [InlineData("v1.1.0-ea")]
    [InlineData("1.1.0a1")]
    [InlineData("v1.1.0b12")]
    [InlineData("1.1.0rc2")]
    [InlineData("1.1.0.dev1")]
    [InlineData("v1.1.0-preview.1")]
    public void M8_a_tag_of_a_prerelease_is_no_deployment(string name) => Assert.Empty(TagSource.Derive(Facts() with { Tags = [Tag(name, 1)] }));

    [Theory]
    [InlineData("1.1.0.RELEASE")]
    [InlineData("1.1.0.Final")]
    [InlineData("v1.1.0-hotfix.1")]
    [InlineData("release-2026-11-05")]
    [InlineData("api/v1.1.0")]
    [InlineData("web@1.1.0")]
    public void M8_a_tag_of_a_release_is_a_deployment(string name) => Assert.Single(TagSource.Derive(Facts() with { Tags = [Tag(name, 1)] }));
}
