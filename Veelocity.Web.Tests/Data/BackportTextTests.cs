using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Data;

public sealed class BackportTextTests
{
    [Theory]
    [InlineData("[Backport 1.x] fix: rounding", "topic", "", null)]
    [InlineData("Backport #5 to 1.x", "topic", "", null)]
    [InlineData("[1.x] Cherry-pick rounding", "topic", "", null)]
    [InlineData("[1.x] fix: rounding", "topic", "", null)]
    [InlineData("[3.12] fix: rounding", "topic", "", null)]
    [InlineData("[release-1.x] fix: rounding", "topic", "", null)]
    [InlineData("[release/2026.1] fix: rounding", "topic", "", null)]
    [InlineData("[stable] fix: rounding", "topic", "", null)]
    [InlineData("[v1.2] fix: rounding", "topic", "", null)]
    [InlineData("[1.x backport] fix: rounding", "topic", "", null)]
    [InlineData("(1.x) fix: rounding", "topic", "", null)]
    [InlineData("Automated cherry pick of #12: fix rounding", "topic", "", null)]
    [InlineData("🍒 fix: rounding (cherry pick of #12)", "topic", "", null)]
    [InlineData("fix: rounding (automated back-port of #12)", "topic", "", null)]
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
    [InlineData("[web2] fix: rounding", "topic", "")]
    [InlineData("[P1] fix: rounding", "topic", "")]
    [InlineData("[ENG-12] fix: rounding", "topic", "")]
    [InlineData("[WIP] fix: rounding", "topic", "")]
    [InlineData("[cart] fix: rounding", "topic", "")]
    [InlineData("[release] fix the script", "topic", "")]
    [InlineData("1.x needs a cherry pick button", "topic", "")]
    public void M19_the_original_and_work_on_backports_are_none(string title, string branch, string label) =>
        Assert.False(BackportText.IsBackport(title, branch, "we cherry-pick later", [label]));
}
