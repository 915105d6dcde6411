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

    [Theory]
    [InlineData("Follow-up of ENG-1, related to ENG-1.", "description:ENG-1:mention")]
    [InlineData("As said in ENG-1", "description:ENG-1:mention")]
    [InlineData("Does not fix ENG-1", "description:ENG-1:mention")]
    [InlineData("This doesn't close ENG-1 yet", "description:ENG-1:mention")]
    [InlineData("not part of ENG-1", "description:ENG-1:mention")]
    [InlineData("Closes ENG-1, not only for admins", "description:ENG-1")]
    [InlineData("Closes ENG-1", "description:ENG-1")]
    [InlineData("Fixed: [ENG-1](https://linear.app/acme/issue/ENG-1/slug)", "description:ENG-1")]
    [InlineData("resolves https://linear.app/acme/issue/ENG-1/slug", "description:ENG-1")]
    [InlineData("Part of ENG-1", "description:ENG-1")]
    [InlineData("continues eng-1", "description:ENG-1")]
    [InlineData("See ENG-1. Fixes ENG-1.", "description:ENG-1")]
    public void M31_a_description_works_on_what_it_closes_or_continues_and_mentions_the_rest(string body, string named) =>
        Assert.Equal([named], NamedIssues.In("A change", "topic", body));

    [Theory]
    [InlineData("ENG-1: totals", "title:ENG-1")]
    [InlineData("Totals (ENG-1)", "title:ENG-1")]
    [InlineData("Follow-up to ENG-1", "title:ENG-1:mention")]
    [InlineData("Fix regression from ENG-1", "title:ENG-1:mention")]
    [InlineData("Remove the flag introduced in ENG-1", "title:ENG-1:mention")]
    [InlineData("Totals as broken by ENG-1", "title:ENG-1:mention")]
    [InlineData("Fix for ENG-1", "title:ENG-1")]
    [InlineData("Implementation of ENG-1", "title:ENG-1")]
    public void M31_a_title_names_its_work_unless_it_says_that_it_refers_to_it(string title, string named) =>
        Assert.Equal([named], NamedIssues.In(title, "topic", null));

    [Fact]
    public void M31_several_names_behind_one_word_are_all_closed() =>
        Assert.Equal(["description:ENG-1", "description:ENG-2", "description:ENG-3"], NamedIssues.In("A", "b", "Fixes ENG-1, ENG-2 and ENG-3"));

    [Fact]
    public void M31_each_name_counts_where_it_is_surest() =>
        Assert.Equal(
            ["branch:ENG-1", "title:ENG-2", "description:ENG-3"],
            NamedIssues.In("ENG-1 and (ENG-2)", "eng-1", "Fixes ENG-2, eng-3.\nSee https://linear.app/acme/issue/ENG-3/slug"));
}
