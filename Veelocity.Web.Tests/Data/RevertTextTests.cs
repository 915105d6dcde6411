using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Data;

public sealed class RevertTextTests
{
    private const string Url = "https://github.com/acme/shop/pull/9";

    [Theory]
    [InlineData("Revert \"Add carts\"", "title:Add carts")]
    [InlineData("Revert \"Say \"hello\"\"", "title:Say \"hello\"")]
    [InlineData("Revert \"Add carts (#5)\" (#7)", "title:Add carts (#5)")]
    [InlineData("revert: feat: pay", "title:feat: pay")]
    [InlineData("Revert(cart)!: feat: pay", "title:feat: pay")]
    [InlineData("revert: Revert \"feat: pay\"", "title:feat: pay")]
    [InlineData("Revert \"Revert \"Revert \"Add carts\"\"\"", "title:Revert \"Revert \"Add carts\"\"")]
    [InlineData("Revert \"Reapply \"Add carts\"\"", "title:Reapply \"Add carts\"")]
    [InlineData("revert: #5", "number:5")]
    [InlineData("Revert #5 (#7)", "number:5")]
    [InlineData("Revert PR #5", "number:5")]
    [InlineData("Revert \"#5: Add carts\"", "title:#5: Add carts")]
    [InlineData("Revert #5 made slow pages visible", "")]
    [InlineData("Add a revert button", "")]
    [InlineData("Reverting is hard", "")]
    public void M30_a_title_says_what_it_reverts(string title, string expected) => Assert.Equal(expected, Read(title));

    [Theory]
    [InlineData("Revert \"Revert \"Add carts\"\"")]
    [InlineData("Reapply \"Add carts\"")]
    [InlineData("revert: revert: add carts")]
    public void M30_a_revert_of_a_revert_is_a_reland(string title) =>
        Assert.Empty(RevertText.Read(title, "revert-2-revert-1-carts", "Reverts acme/shop#2", Url));

    [Theory]
    [InlineData("Reverts #5", "number:5")]
    [InlineData("Reverts acme/shop#5", "number:5")]
    [InlineData("Reverts old-owner/shop#5", "number:5")]
    [InlineData("Reverts https://github.com/acme/shop/pull/5", "number:5")]
    [InlineData("Reverts <https://github.com/acme/shop/pull/5/files#diff>", "number:5")]
    [InlineData("Reverts [#5](https://github.com/acme/shop/pull/5)", "number:5")]
    [InlineData("This reverts PR #5", "number:5")]
    [InlineData("Reverts #5, #6 and acme/shop#7", "number:5 number:6 number:7")]
    [InlineData("Reverts acme/cart#5", "elsewhere:acme/cart#5")]
    [InlineData("Reverts https://github.com/acme/cart/pull/5", "elsewhere:acme/cart#5")]
    [InlineData("## Summary\n\n- Reverts #5\n- Original change fails on mobile", "number:5")]
    [InlineData("- [x] reverts #5", "number:5")]
    [InlineData("Why:\n* it broke\n\nReverts #5\n", "number:5")]
    [InlineData("This reverts commit 8e3d7ff84d0f6419b49cf89049fc17877f28ddf4.", "commit:8e3d7ff84d0f6419b49cf89049fc17877f28ddf4")]
    [InlineData("Too slow. This reverts commit 8E3D7FF.", "commit:8e3d7ff")]
    [InlineData("Reverts commit 8e3d7ff", "commit:8e3d7ff")]
    [InlineData("**Reverts** #5", "number:5")]
    [InlineData("This reverts commits 8e3d7ff and 1a2b3c4.", "commit:8e3d7ff commit:1a2b3c4")]
    [InlineData("This reverts commit https://github.com/acme/shop/commit/8e3d7ff", "commit:8e3d7ff")]
    public void M30_a_line_of_the_body_says_what_it_reverts(string body, string expected) => Assert.Equal(expected, Read("Take it out", body));

    [Theory]
    [InlineData("> Reverts #5")]
    [InlineData("He said:\n>> This reverts commit 8e3d7ff")]
    [InlineData("```\nThis reverts commit 8e3d7ff\n```")]
    [InlineData("Git writes:\n\n    This reverts commit 8e3d7ff")]
    [InlineData("<!-- Reverts #123 -->\nAdds carts")]
    [InlineData("See where it reverts #5")]
    [InlineData("Git said it reverts commit 8e3d7ff")]
    [InlineData("* Add pay\n\n* Revert \"Add carts\"\n\nThis reverts commit 8e3d7ff.\n\n* Fix tests")]
    [InlineData("* Add pay\n\n* Revert \"Add carts\"\n\nReverts acme/shop#5")]
    [InlineData("- feat: add pay\n- This reverts commit 8e3d7ff.\n- fix: tests")]
    [InlineData("- Add pay\n- Revert \"Add carts\"\n- Reverts #5")]
    [InlineData("Release notes\n- Add pay (#4)\n- Reverts #5\n- Fix totals (#6)")]
    public void M30_what_is_quoted_or_listed_of_others_is_no_revert(string body) => Assert.Equal("", Read("Add pay", body));

    [Fact]
    public void M30_the_list_of_a_squash_counts_where_the_title_says_revert() =>
        Assert.Equal(
            "commit:8e3d7ff title:Add carts", Read("Revert \"Add carts\"", "* Revert \"Add carts\"\n\nThis reverts commit 8e3d7ff.\n\n* Fix tests"));

    [Fact]
    public void M30_a_branch_says_what_it_reverts()
    {
        Assert.Equal(["number:12"], RevertText.Read("Take it out", "revert-12-carts", null, Url));
        Assert.Equal(["number:5"], RevertText.Read("Take it out", "revert-12-carts", "Reverts #5", Url));
        Assert.Empty(RevertText.Read("Bring it back", "revert-13-revert-12-carts", "Reverts #13", Url));
        Assert.Empty(RevertText.Read("Add", "revert-button", null, Url));
    }

    private static string Read(string title, string? body = null) => string.Join(' ', RevertText.Read(title, "topic", body, Url));
}
