namespace Veelocity.Web.Tests.Linking;

/// <summary>Reverts in every form, from stored pull requests and commits to failed deployments and rework.</summary>
public sealed class StoredRevertsTests
{
    private const string A = "aaaaaaa", B = "bbbbbbb", C = "ccccccc", D = "ddddddd";

    [Theory]
    [InlineData("Take it out", "Reverts #1", null)]
    [InlineData("Take it out", "- Reverts https://github.com/acme/shop/pull/1", null)]
    [InlineData("Take it out", "This reverts commit 1111111.", null)]
    [InlineData("Take it out", "This reverts commit bbbbbbb.", null)]
    [InlineData("Take it out", null, "revert-1-carts")]
    [InlineData("Revert \"Add carts\"", null, null)]
    [InlineData("revert: Add carts", null, null)]
    [InlineData("Revert \"Add carts (#1)\"", null, null)]
    [InlineData("Revert \"Merge pull request #1 from acme/carts\"", null, null)]
    public async Task M21_M24_M30_a_revert_fails_the_deployment_of_what_it_reverts_and_is_rework(string title, string? body, string? branch)
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Commit(C, 20, B)
            .Pull(1, B, merged: 10, title: "Add carts", own: ["1111111", "2222222"]).Pull(2, C, merged: 20, title: title, body: body, branch: branch)
            .Deploy((A, 5), (B, 12), (C, 22));
        await stored.LinkAsync();
        Assert.Equal("a b:revert! c:revert", await stored.DeploymentsAsync());
        Assert.Equal("1@12 2@22-revert", await stored.ChangesAsync());
    }

    [Fact]
    public async Task M30_a_reland_is_no_revert_and_counts()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Commit(C, 20, B).Commit(D, 30, C)
            .Pull(1, B, merged: 10, title: "Add carts").Pull(2, C, merged: 20, title: "Take carts out", body: "Reverts #1")
            .Pull(3, D, merged: 30, title: "Revert \"Take carts out\"", body: "Reverts acme/shop#2")
            .Deploy((A, 5), (B, 12), (C, 22), (D, 32));
        await stored.LinkAsync();
        Assert.Equal("a b:revert! c:revert d", await stored.DeploymentsAsync());
        Assert.Equal("1@12 2@22-revert 3@32", await stored.ChangesAsync());
    }

    [Fact]
    public async Task M21_M24_a_revert_pushed_directly_counts_too()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Push(C, 20, B, "Revert \"Add carts (#1)\"", "This reverts commit bbbbbbb.")
            .Pull(1, B, merged: 10, title: "Add carts").Deploy((A, 5), (B, 12), (C, 22));
        await stored.LinkAsync();
        Assert.Equal("a b:revert! c:revert", await stored.DeploymentsAsync());
    }

    [Fact]
    public async Task M21_a_direct_push_can_be_reverted_and_a_revert_of_that_revert_is_a_reland()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Push(B, 10, A, "Add carts").Push(C, 20, B, "Take carts out", "This reverts commit bbbbbbb.")
            .Push(D, 30, C, "Put carts back", "This reverts commit ccccccc.").Deploy((A, 5), (B, 12), (C, 22), (D, 32));
        await stored.LinkAsync();
        Assert.Equal("a b:revert! c:revert d", await stored.DeploymentsAsync());
    }

    [Fact]
    public async Task M21_M24_what_was_reverted_before_it_was_deployed_fails_nothing()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Commit(C, 20, B)
            .Pull(1, B, merged: 10, title: "Add carts").Pull(2, C, merged: 20, title: "Revert \"Add carts\"", body: "Reverts #1").Deploy((A, 5), (C, 22));
        await stored.LinkAsync();
        Assert.Equal("a c", await stored.DeploymentsAsync());
    }

    [Fact]
    public async Task M30_the_commits_of_a_pull_request_speak_through_it()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Push(C, 20, B, "Add pay (#2)", "* Add pay\n\n* Revert \"Add carts\"\n\nThis reverts commit bbbbbbb.")
            .Pull(1, B, merged: 10, title: "Add carts").Pull(2, C, merged: 20, title: "Add pay").Deploy((A, 5), (B, 12), (C, 22));
        await stored.LinkAsync();
        Assert.Equal("a b c", await stored.DeploymentsAsync());
        Assert.Equal("1@12 2@22", await stored.ChangesAsync());
    }

    [Fact]
    public async Task M21_of_equal_titles_the_latest_earlier_one_is_the_target()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Commit(C, 20, B).Commit(D, 30, C)
            .Pull(1, B, merged: 10, title: "Add carts").Pull(2, C, merged: 20, title: "Add carts").Pull(3, D, merged: 30, title: "Revert \"Add carts\"")
            .Deploy((A, 5), (B, 12), (C, 22), (D, 32));
        await stored.LinkAsync();
        Assert.Equal("a b c:revert! d:revert", await stored.DeploymentsAsync());
    }

    [Fact]
    public async Task M21_a_revert_without_a_target_is_flagged_and_fails_nothing()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Pull(1, B, merged: 10, title: "Revert \"Something old\"", body: "Reverts acme/cart#7").Deploy((A, 5), (B, 12));
        await stored.LinkAsync();
        Assert.Equal("a b", await stored.DeploymentsAsync());
        Assert.Equal("1@12-revert", await stored.ChangesAsync());
        var revert = Assert.Single(await stored.RevertsAsync());
        Assert.Equal((null, null), (revert.RevertedPullRequestId, revert.RevertedSha));
    }

    [Fact]
    public async Task M21_every_reason_is_stored_and_the_deployment_counts_once()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Push(C, 20, B, "Revert \"Add carts\"").Pull(1, B, merged: 10, title: "Add carts")
            .Deploy((A, 5), (B, 12), (A, 15), (C, 22));
        await stored.LinkAsync();
        Assert.Equal("a b:rollback+revert! a:rollback c:revert", await stored.DeploymentsAsync());
    }
}
