using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking;

/// <summary>Which deployment a pull request belongs to, or why it is excluded, in repositories with several branches.</summary>
public sealed class StoredChangesTests
{
    private const string A = "aaaaaaa", B = "bbbbbbb", C = "ccccccc", D = "ddddddd";

    [Fact]
    public async Task M17_gitflow_features_wait_for_the_promotion_which_is_excluded()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Commit(C, 12, B).Commit(D, 20, A, C)
            .Pull(1, B, merged: 10, into: "develop").Pull(2, C, merged: 12, into: "develop")
            .Pull(3, D, merged: 20, branch: "develop", title: "Release 1.5").Pull(4, "eeeeeee", merged: 30, into: "develop")
            .Deploy((A, 5), (D, 21));
        await stored.LinkAsync();
        Assert.Equal("1@21 2@21 3@21-promotion 4…", await stored.ChangesAsync());
    }

    [Fact]
    public async Task M17_a_squashed_promotion_carries_what_its_branch_holds()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(D, 20, A)
            .Pull(1, "1111111", merged: 10, into: "develop").Pull(2, "2222222", merged: 12, into: "develop")
            .Pull(3, D, merged: 20, branch: "release/1.5", own: ["1111111", "2222222"]).Pull(4, "4444444", merged: 15, into: "develop")
            .Deploy((A, 5), (D, 21));
        await stored.LinkAsync();
        Assert.Equal("1@21 2@21 3@21-promotion 4…", await stored.ChangesAsync());
    }

    [Fact]
    public async Task M17_back_from_the_default_branch_is_a_promotion_and_a_branch_with_work_of_its_own_is_none()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 20, A)
            .Pull(1, B, merged: 20, branch: "part-1", own: ["1111111", "2222222"]).Pull(2, "2222222", merged: 10, into: "part-1", own: ["3333333"])
            .Pull(3, "4444444", merged: 22, branch: Main, into: "develop")
            .Deploy((A, 5), (B, 21));
        await stored.LinkAsync();
        Assert.Equal("1@21 2@21 3-promotion", await stored.ChangesAsync());
    }

    [Fact]
    public async Task M17_a_hotfix_merged_into_both_branches_is_no_promotion()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 20, A)
            .Pull(1, "1111111", merged: 10, into: "develop", branch: "hotfix/totals", own: ["3333333"])
            .Pull(2, B, merged: 20, branch: "hotfix/totals", own: ["3333333"])
            .Deploy((A, 5), (B, 21));
        await stored.LinkAsync();
        Assert.EndsWith("2@21", await stored.ChangesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task M17_a_release_branch_with_its_own_version_bump_is_a_promotion_and_an_epic_with_work_of_its_own_is_none()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Commit(D, 20, A, B)
            .Pull(1, B, merged: 10, into: "develop").Pull(2, D, merged: 20, branch: "release/1.5", title: "Version 1.5", own: [B, "5555555"])
            .Pull(3, "3333333", merged: 22, into: "epic/cart", own: ["6666666"]).Pull(4, "4444444", merged: 23, branch: "epic/cart", own: ["3333333", "7777777"])
            .Pull(5, "8888888", merged: 24, branch: "release-notes", own: ["3333333", "9999999"])
            .Deploy((A, 5), (D, 21), ("4444444", 25));
        await stored.LinkAsync();
        Assert.Equal("1@21 2@21-promotion 3@25t 4@25t 5@25t", await stored.ChangesAsync());
    }

    [Fact]
    public async Task M17_release_pull_requests_are_excluded_by_rules_and_included_when_no_rule_says_so()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Commit(C, 12, B).Commit(D, 20, C)
            .Pull(1, B, merged: 10, branch: "release-please--branches--main").Pull(2, C, merged: 12, labels: ["autorelease: pending"])
            .Pull(3, D, merged: 20, title: "chore(main): release 1.4.0").Pull(4, "4444444", merged: 22, title: "Version Packages")
            .Deploy((A, 5), (D, 21));
        await stored.LinkAsync();
        Assert.Equal("1@21-rule 2@21-rule 3@21-rule 4-rule", await stored.ChangesAsync());

        await stored.ChangeAsync(o => o.ExcludedLabelPattern = o.ExcludedBranchPattern = o.ExcludedTitlePattern = "");
        Assert.Equal("1@21 2@21 3@21 4…", await stored.ChangesAsync());
    }

    [Fact]
    public async Task M24_titles_have_to_begin_with_a_hotfix_word_labels_and_branches_contain_it()
    {
        await using var stored = await StoredCase.StartAsync();
        stored.Shop.Commit(A, 1).Commit(B, 10, A).Commit(C, 20, B).Commit(D, 30, C).Commit("eeeeeee", 40, D)
            .Pull(1, B, merged: 10, title: "feat: incident list filter").Pull(2, C, merged: 20, title: "Incidents have a page")
            .Pull(3, D, merged: 30, title: "[Hotfix] totals").Pull(4, "eeeeeee", merged: 40, labels: ["type: rollforward"])
            .Deploy((A, 5), (B, 12), (C, 22), (D, 32), ("eeeeeee", 42));
        await stored.LinkAsync();
        Assert.Equal("a b c d:hotfix e:hotfix", await stored.DeploymentsAsync());
    }
}
