using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Linking.Issues;

public sealed class NamedIssuesTests
{
    [Theory]
    [InlineData("feature/ENG-123-totals", "branch:ENG-123")]
    [InlineData("ada/eng-123", "branch:ENG-123")]
    [InlineData("fix-eng-123-totals", "branch:ENG-123")]
    [InlineData("web2-7", "branch:WEB2-7")]
    public void M31_a_branch_names_an_issue_in_any_case_and_place(string branch, string named) =>
        Assert.Equal([named], NamedIssues.In("A change", branch, null));

    [Theory]
    [InlineData("1ENG-123")]
    [InlineData("ENG-0")]
    [InlineData("ENG-12x")]
    [InlineData("ENG 123")]
    [InlineData("TOOLONGFORAKEY-1")]
    public void M31_what_only_looks_like_a_name_is_none(string title) => Assert.Empty(NamedIssues.In(title, "topic", null));

    [Fact]
    public void M31_each_name_counts_where_it_is_surest() =>
        Assert.Equal(
            ["branch:ENG-1", "title:ENG-2", "description:ENG-3"],
            NamedIssues.In("ENG-1 and (ENG-2)", "eng-1", "Fixes ENG-2, eng-3.\nSee https://linear.app/acme/issue/ENG-3/slug"));
}
