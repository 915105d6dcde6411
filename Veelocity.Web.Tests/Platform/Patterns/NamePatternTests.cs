using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Tests.Platform.Patterns;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("^(prod|live)", "Production", true)]
    [InlineData("^(prod|live)", "reprod", false)]
    [InlineData("deploy", "Auto DEPLOY now", true)]
    [InlineData("", "anything", false)]
    [InlineData("([", "anything", false)]
    public void A_pattern_is_looked_for_anywhere_in_any_case(string pattern, string name, bool isMatch) =>
        Assert.Equal(isMatch, NamePattern.Of(pattern).Matches(name));

    [Theory]
    [InlineData("([", "not a regular expression")]
    [InlineData("prod(", "from character 5")]
    [InlineData("(?=prod)", "Look-ahead")]
    [InlineData(@"(a)\1", "back references")]
    [InlineData("((a{100}){100}){100}", "repeats itself too often")]
    [InlineData("a{99999999999}", "repeats itself too often")]
    public void A_pattern_that_is_wrong_or_could_run_for_ever_is_refused_in_words(string pattern, string expected) =>
        Assert.Contains(expected, NamePattern.ProblemOf(pattern), StringComparison.Ordinal);

    [Fact]
    public void A_pattern_of_more_than_500_characters_is_refused()
    {
        Assert.Null(NamePattern.ProblemOf(new string('a', 500)));
        Assert.Contains("500", NamePattern.ProblemOf(new string('a', 501)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("(a|a)*b")]
    [InlineData("(.*a){20}")]
    public void What_would_run_for_ever_elsewhere_ends_at_once_here(string pattern)
    {
        Assert.Null(NamePattern.ProblemOf(pattern));
        var took = ProcessorTime.Of(() => NamePattern.Of(pattern).Matches(new string('a', 5000) + "!"));
        Assert.True(took < TimeSpan.FromSeconds(3), $"{took}");
    }
}
