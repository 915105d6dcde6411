using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Data;

public sealed class BackportTextTests
{
    [Theory]
    [InlineData("[Backport 1.x] fix: rounding", "topic", "", null)]
    [InlineData("Backport #5 to 1.x", "topic", "", null)]
    [InlineData("[1.x] Cherry-pick rounding", "topic", "", null)]
    [InlineData("fix: rounding (cherry-pick #12)", "topic", "", null)]
    [InlineData("fix: rounding", "backport/1.x/rounding", "", null)]
    [InlineData("fix: rounding", "cherry-pick-12", "", null)]
    [InlineData("fix: rounding", "mergify/bp/1.x/pr-12", "", null)]
    [InlineData("fix: rounding", "topic", "backport", null)]
    [InlineData("fix: rounding", "topic", "kind/cherry-pick", null)]
    [InlineData("fix: rounding", "topic", "", "Same as on main.\n\n(cherry picked from commit 8e3d7ff84d0f6419b49cf89049fc17877f28ddf4)")]
    public void M19_title_branch_label_and_trailer_tell_a_backport(string title, string branch, string label, string? body) =>
        Assert.True(BackportText.IsBackport(title, branch, body, [label]));

    [Theory]
    [InlineData("Add a backport bot", "topic", "")]
    [InlineData("fix(backport): do not crash", "fix-the-backport-bot", "")]
    [InlineData("fix: rounding", "topic", "needs-backport")]
    [InlineData("fix: rounding", "topic", "backport 1.x")]
    [InlineData("fix: rounding", "topic", "backported")]
    public void M19_the_original_and_work_on_backports_are_none(string title, string branch, string label) =>
        Assert.False(BackportText.IsBackport(title, branch, "we cherry-pick later", [label]));
}
