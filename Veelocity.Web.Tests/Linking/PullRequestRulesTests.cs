using Veelocity.Web.Linking;

namespace Veelocity.Web.Tests.Linking;

public sealed class PullRequestRulesTests
{
    [Theory]
    [InlineData("chore(main): release 1.4.0")]
    [InlineData("chore: release main")]
    [InlineData("chore: release v1.4.0")]
    [InlineData("chore(main): release api 1.4.0")]
    [InlineData("chore(main): release @acme/ui 1.4.0")]
    [InlineData("chore: release")]
    [InlineData("chore(cart): release v0.3.1")]
    [InlineData("Version Packages")]
    [InlineData("Version Packages (beta)")]
    [InlineData("chore: version packages")]
    [InlineData("chore(release): version packages")]
    [InlineData("🦋 Version Packages")]
    [InlineData("[ci] release")]
    [InlineData("chore(release): publish")]
    [InlineData("chore(release): publish v1.4.0")]
    [InlineData("chore(release): 1.4.0 [skip ci]")]
    [InlineData("chore(release): v1.4.0 (#12)")]
    [InlineData("Release v1.4.0")]
    [InlineData("Release 2026-03-02")]
    [InlineData("release: 1.4.0-rc.1")]
    [InlineData("Prepare release 1.4.0")]
    public void M17_the_usual_titles_of_release_pull_requests_are_excluded(string title) =>
        Assert.True(PullRequestRules.Default.IsExcluded(title, "topic", [], null));

    [Theory]
    [InlineData("release-please--branches--main--components--api", "")]
    [InlineData("release-please/branches/main", "")]
    [InlineData("changeset-release/main", "")]
    [InlineData("release-plz-2026-03-02T10-00-00Z", "")]
    [InlineData("release-plz/2026-03-02", "")]
    [InlineData("topic", "autorelease: pending")]
    [InlineData("topic", "autorelease: tagged")]
    public void M17_so_are_their_branches_and_labels(string branch, string label) =>
        Assert.True(PullRequestRules.Default.IsExcluded("Some change", branch, [label], null));

    [Theory]
    [InlineData("chore: release the lock on shutdown")]
    [InlineData("chore: release locks")]
    [InlineData("fix: release 2 connections after each request")]
    [InlineData("chore(release): check the tag before publishing")]
    [InlineData("release: wait for the smoke test")]
    [InlineData("Release notes page for customers")]
    [InlineData("Version packages by their content")]
    [InlineData("feat: version packages page")]
    [InlineData("Publish events to the queue")]
    [InlineData("chore: bump version of postgres")]
    [InlineData("fix(release): 404 on the page")]
    public void M17_a_change_about_releases_is_a_change(string title) =>
        Assert.False(PullRequestRules.Default.IsExcluded(title, "release-notes", ["release"], null));
}
