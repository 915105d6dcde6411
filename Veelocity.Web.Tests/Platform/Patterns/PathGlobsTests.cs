using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Tests.Platform.Patterns;

public sealed class PathGlobsTests
{
    [Theory]
    [InlineData("apps/web/**", "apps/web/src/a.ts", true)]
    [InlineData("apps/web/**", "apps/website/a.ts", false)]
    [InlineData("apps/web", "apps/web/src/a.ts", true)]
    [InlineData("/apps/web/", "apps/web/a.ts", true)]
    [InlineData("apps/*/src", "apps/web/src/a.ts", true)]
    [InlineData("apps/*/src", "apps/web/deep/src/a.ts", false)]
    [InlineData("*.md", "README.md", true)]
    [InlineData("*.md", "docs/README.md", false)]
    [InlineData("**/*.proto", "api.proto", true)]
    [InlineData("**/*.proto", "a/b/api.proto", true)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    [InlineData("file?.cs", "file1.cs", true)]
    [InlineData("Apps/web", "apps/web/a.ts", false)]
    [InlineData("a+b(c)", "a+b(c)/x", true)]
    public void A_glob_means_the_paths_that_people_expect(string glob, string path, bool isMatch) => Assert.Equal(isMatch, PathGlobs.Of([glob]).Matches(path));

    [Fact]
    public void A_glob_with_an_exclamation_mark_takes_out_again()
    {
        var globs = PathGlobs.Of(["apps/web/**", "!apps/web/docs/**"]);
        Assert.True(globs.Matches("apps/web/a.ts"));
        Assert.False(globs.Matches("apps/web/docs/a.md"));
        Assert.True(PathGlobs.Of(["!docs/**"]).Matches("src/a.cs"));
    }

    [Fact]
    public void No_globs_are_everything() => Assert.True(PathGlobs.Of([]).IsEverything);

    [Fact]
    public void Globs_are_read_as_people_type_them() => Assert.Equal(["apps/web/**", "libs"], PathGlobs.Parse(" apps/web/** \r\n\n libs, apps/web/**"));

    [Theory]
    [InlineData("/")]
    [InlineData("!")]
    public void A_glob_that_names_nothing_is_refused(string glob) => Assert.NotNull(PathGlobs.ProblemOf([glob]));
}
