using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking;

public sealed class ChangeLinksTests
{
    // a ← b ← c ← d ← e, each a squashed pull request
    private static readonly CommitFacts[] Line = [Commit("a"), Commit("b", "a"), Commit("c", "b"), Commit("d", "c"), Commit("e", "d")];
    private static readonly PullRequestFacts[] Pulls = [Pull(1, "a", 1), Pull(2, "b", 2), Pull(3, "c", 3), Pull(4, "d", 4), Pull(5, "e", 5)];

    [Fact]
    public void M15_a_deployment_contains_what_its_commit_reaches_and_no_earlier_one_did() =>
        Assert.Equal("1:1 2:1 3:2 4:2 5:3", Links(Deployment(1, "b", 10), Deployment(2, "d", 20), Deployment(3, "e", 30)));

    [Fact]
    public void M15_a_rollback_brings_nothing_and_what_follows_brings_only_the_rest() =>
        Assert.Equal("1:1 2:1 3:2 4:4 5:4", Links(Deployment(1, "b", 10), Deployment(2, "c", 20), Deployment(3, "b", 30), Deployment(4, "e", 40)));

    [Fact]
    public void M15_an_older_commit_that_never_was_deployed_itself_brings_nothing() =>
        Assert.Equal("1:1 2:1 3:2 4:2", Links(Deployment(1, "b", 10), Deployment(2, "d", 20), Deployment(3, "c", 30)));

    [Fact]
    public void M15_failures_and_other_environments_contain_nothing() =>
        Assert.Equal("1:3 2:3", Links(
            Deployment(1, "e", 10, outcome: DeploymentOutcome.Failed),
            Deployment(2, "e", 15) with { Environment = "staging", IsProduction = false },
            Deployment(3, "b", 20)));

    [Fact]
    public void M15_an_unknown_merge_commit_goes_by_time_and_is_marked() =>
        Assert.Equal("1:1 2:2t", Links(
            [Pull(1, "a", 1), Pull(2, "gone", merged: 12)], Line, Deployment(1, "a", 10, started: 9), Deployment(2, "b", 20), Deployment(3, "c", 30)));

    [Fact]
    public void M15_merged_while_a_deployment_ran_is_not_in_it() =>
        Assert.Equal("2:3t", Links([Pull(2, null, merged: 12)], Line, Deployment(1, "a", 1), Deployment(2, "b", 13, started: 11), Deployment(3, "c", 30)));

    [Fact]
    public void M15_an_unknown_deployed_commit_goes_by_time_and_is_marked() =>
        Assert.Equal("1:1 2:2t 3:2t 4:3 5:3", Links(Deployment(1, "a", 1), Deployment(2, "elsewhere", 3.5), Deployment(3, "e", 30)));

    [Fact]
    public void M15_by_time_only_what_was_merged_into_the_deployed_branch()
    {
        var toRelease = Pull(2, null, merged: 5) with { BaseBranch = "release-1" };
        Assert.Equal("2:3t 3:4t", Links(
            [toRelease, Pull(3, null, merged: 5)],
            Line,
            Deployment(1, "a", 1), Deployment(2, "b", 2), Deployment(3, "x", 6, @ref: "release-1"), Deployment(4, "y", 7, @ref: "refs/heads/main")));
    }

    [Fact]
    public void M15_by_time_a_rollback_brings_nothing() =>
        Assert.Equal("2:4t", Links(
            [Pull(2, null, merged: 12)], Line, Deployment(1, "a", 1), Deployment(2, "b", 10), Deployment(3, "a", 20), Deployment(4, "c", 30)));

    [Fact]
    public void M15_by_time_a_rollback_to_an_unknown_commit_brings_nothing_either() =>
        Assert.Equal("2:4t", Links(
            [Pull(2, null, merged: 12)], Line, Deployment(1, "x", 1), Deployment(2, "y", 10), Deployment(3, "x", 20), Deployment(4, "z", 30)));

    [Fact]
    public void M15_parents_beyond_the_stored_graph_are_unknown_and_no_error() =>
        Assert.Equal("1:1", Links([Pull(1, "a", 1)], [Commit("a", "older", "oldest")], Deployment(1, "a", 10)));

    [Fact]
    public void M16_the_first_known_deployment_gives_lead_time_only_to_the_deployed_merge_commit()
    {
        var links = ChangeLinks.Of(Facts() with { PullRequests = Pulls, Commits = Line }, History(Line, Deployment(1, "b", 10), Deployment(2, "c", 20)), new(Line));
        Assert.Equal([LeftOut.FirstKnownDeployment, null, null], links.Select(l => l.LeftOut));
    }

    [Fact]
    public void M17_squash_the_first_production_deployment_with_the_merge_commit() =>
        Assert.Equal("2:2", Links([Pull(2, "b", 2)], Line, Deployment(1, "a", 10), Deployment(2, "b", 20), Deployment(3, "c", 30)));

    [Fact]
    public void M17_merge_the_commits_deployed_before_the_merge_do_not_count()
    {
        // x is on the branch, m merges it; x alone went out first.
        CommitFacts[] graph = [Commit("a"), Commit("x", "a"), Commit("m", "a", "x")];
        Assert.Equal("7:3", Links([Pull(7, "m", 12)], graph, Deployment(1, "a", 1), Deployment(2, "x", 10), Deployment(3, "m", 20)));
    }

    [Fact]
    public void M17_rebase_any_of_its_commits_on_the_base_branch()
    {
        CommitFacts[] graph = [Commit("a"), Rebased("r1", "a"), Rebased("r2", "r1"), Rebased("r3", "r2")];
        var pull = Pull(7, "r3", 5) with { CommitCount = 3 };
        Assert.Equal("7:2", Links([pull], graph, Deployment(1, "a", 1), Deployment(2, "r2", 10), Deployment(3, "r3", 20)));
    }

    [Fact]
    public void M17_a_squash_right_after_another_merge_is_its_own_commit_only()
    {
        CommitFacts[] graph = [Commit("a"), Rebased("s1", "a"), Rebased("s2", "s1")];
        PullRequestFacts[] pulls = [Pull(7, "s1", 5), Pull(8, "s2", 5) with { CommitCount = 3 }];
        Assert.Equal("7:2 8:3", Links(pulls, graph, Deployment(1, "a", 1), Deployment(2, "s1", 10), Deployment(3, "s2", 20)));
    }

    [Fact]
    public void M15_what_a_force_push_left_behind_goes_by_time_and_is_marked()
    {
        // a ← b ← c was rewritten to a ← x ← y after a was deployed; y was deployed then.
        CommitFacts[] graph = [Commit("a"), Commit("b", "a"), Commit("c", "b"), Commit("x", "a"), Commit("y", "x")];
        PullRequestFacts[] pulls = [Pull(1, "a", 1), Pull(2, "b", 12), Pull(3, "c", 13)];
        var facts = Facts() with { PullRequests = pulls, Commits = graph, HeadSha = "y" };
        Assert.Equal("1:1 2:2t 3:2t", Links(facts, Deployment(1, "a", 10), Deployment(2, "y", 20)));
        // Started after the merge and of the shared part: ancestry knows that it contains neither.
        Assert.Equal("1:1 2:3t 3:3t", Links(facts, Deployment(1, "a", 10), Deployment(2, "a", 15), Deployment(3, "y", 20)));
        // Deployed before the rewrite: ancestry still knows.
        Assert.Equal("1:1 2:2 3:3t", Links(facts, Deployment(1, "a", 10), Deployment(2, "b", 15), Deployment(3, "y", 20)));
    }

    [Fact]
    public void M15_without_a_known_head_no_commit_is_left_behind() =>
        Assert.Equal("1:1", Links(
            Facts() with { PullRequests = [Pull(1, "a", 1), Pull(2, "b", 12)], Commits = [Commit("a"), Commit("b", "a")] }, Deployment(1, "a", 10), Deployment(2, "a", 20)));

    [Fact]
    public void M17_branch_deploy_the_head_that_was_deployed_before_the_merge_is_the_deployment()
    {
        CommitFacts[] graph = [Commit("a"), Commit("h", "a"), Commit("m", "a")];
        PullRequestFacts[] pulls = [Pull(1, "a", 1), Pull(7, "m", 12) with { HeadSha = "h" }];
        Assert.Equal("1:1 7:2", Links(pulls, graph, Deployment(1, "a", 2), Deployment(2, "h", 10), Deployment(3, "m", 20)));
        Assert.Equal("1:1 7:2", Links(pulls, [Commit("a"), Commit("m", "a")], Deployment(1, "a", 2), Deployment(2, "h", 10), Deployment(3, "m", 20)));
    }

    [Fact]
    public void M17_a_head_deployed_only_after_the_merge_waits_for_the_merge()
    {
        CommitFacts[] graph = [Commit("a"), Commit("h", "a"), Commit("m", "a")];
        PullRequestFacts[] pulls = [Pull(7, "m", 12) with { HeadSha = "h" }];
        Assert.Equal("7:3", Links(pulls, graph, Deployment(1, "a", 2), Deployment(2, "h", 13), Deployment(3, "m", 20)));
    }

    [Fact]
    public void M17_merged_into_another_pull_requests_branch_it_goes_where_that_goes()
    {
        CommitFacts[] graph = [Commit("a"), Commit("s", "a")];
        var below = Pull(1, "s", 20) with { HeadBranch = "part-1", CommitShas = ["p1", "p2"] };
        var above = Pull(2, "p2", 10) with { BaseBranch = "part-1", HeadBranch = "part-2" };
        Assert.Equal("1:2 2:2", Links([below, above], graph, Deployment(1, "a", 1), Deployment(2, "s", 30)));
        // Rebased since: only the branch's name is left, and the time.
        Assert.Equal("1:2 2:2t", Links([below with { CommitShas = ["r1"] }, above], graph, Deployment(1, "a", 1), Deployment(2, "s", 30)));
        Assert.Equal("1:2", Links([below with { CommitShas = ["r1"], IsFromFork = true }, above], graph, Deployment(1, "a", 1), Deployment(2, "s", 30)));
    }

    [Fact]
    public void M17_through_several_branches_and_never_in_a_circle()
    {
        CommitFacts[] graph = [Commit("a"), Commit("s", "a")];
        PullRequestFacts[] pulls =
        [
            Pull(1, "x1", 10) with { BaseBranch = "develop" },
            Pull(2, "x2", 11) with { HeadBranch = "develop", BaseBranch = "staging", CommitShas = ["x1"] },
            Pull(3, "x3", 11) with { HeadBranch = "staging", BaseBranch = "develop" },
            Pull(4, "s", 12) with { HeadBranch = "staging", CommitShas = ["x2"] },
            Pull(5, "y", 13) with { BaseBranch = "develop" },
        ];
        Assert.Equal("1:2 2:2 4:2", Links(pulls[..2].Append(pulls[3]).Append(pulls[4]).ToArray(), graph, Deployment(1, "a", 1), Deployment(2, "s", 30)));
        Assert.DoesNotContain("5:", Links(pulls, graph, Deployment(1, "a", 1), Deployment(2, "s", 30)), StringComparison.Ordinal);
    }

    [Fact]
    public void M17_the_default_branch_is_followed_when_another_one_is_deployed()
    {
        // develop is the default branch; each promotion squashes it onto main, which is deployed.
        CommitFacts[] graph = [Commit("a"), Commit("b", "a"), Commit("c", "b"), Commit("d", "c"), Commit("s", "a"), Commit("t", "s")];
        PullRequestFacts[] pulls =
        [
            Pull(1, "b", 10) with { BaseBranch = "develop" },
            Pull(2, "s", 11) with { HeadBranch = "develop", CommitShas = ["b"] },
            Pull(3, "c", 12) with { BaseBranch = "develop" },
            Pull(4, "t", 13) with { HeadBranch = "develop", CommitShas = ["b", "c"] },
            Pull(5, "d", 14) with { BaseBranch = "develop" },
        ];
        var facts = Facts() with { DefaultBranch = "develop", PullRequests = pulls, Commits = graph, HeadSha = "d" };
        Assert.Equal("1:2 2:2 3:3 4:3", Links(facts, Deployment(1, "a", 1, @ref: Main), Deployment(2, "s", 20, @ref: Main), Deployment(3, "t", 30, @ref: Main)));
    }

    [Fact]
    public void M19_merged_and_not_deployed_has_no_link() =>
        Assert.Equal("1:1", Links([Pulls[0], Pulls[4], Pull(9, null, merged: 50), Pull(10)], Line, Deployment(1, "a", 10)));

    [Fact]
    public void M29_M30_bots_and_reverts_are_linked_and_left_out()
    {
        PullRequestFacts[] pulls = [Pulls[1] with { IsByBot = true }, Pulls[2] with { IsRevert = true }, Pulls[3]];
        var links = ChangeLinks.Of(Facts() with { PullRequests = pulls, Commits = Line }, History(Line, Deployment(1, "a", 10), Deployment(2, "d", 20)), new(Line));
        Assert.Equal([LeftOut.Bot, LeftOut.Revert, null], links.Select(l => l.LeftOut));
    }

    private static string Links(params DerivedDeployment[] deployments) => Links(Pulls, Line, deployments);

    private static string Links(PullRequestFacts[] pulls, CommitFacts[] commits, params DerivedDeployment[] deployments) =>
        Links(Facts() with { PullRequests = pulls, Commits = commits }, deployments);

    private static string Links(RepositoryFacts facts, params DerivedDeployment[] deployments) =>
        string.Join(' ', ChangeLinks.Of(facts, History([.. facts.Commits], deployments), new(facts.Commits))
            .Select(l => $"{l.PullRequest.Number}:{l.Placed.Deployment.SourceKey.Split(' ')[1]}{(l.IsByTime ? "t" : "")}"));

    private static List<PlacedDeployment> History(CommitFacts[] commits, params DerivedDeployment[] deployments) =>
        DeploymentHistory.Of(deployments, new(commits));
}
