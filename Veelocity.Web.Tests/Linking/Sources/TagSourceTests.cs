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
}
