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
        string.Join(' ', ChangeLinks.Of(Facts() with { PullRequests = pulls, Commits = commits }, History(commits, deployments), new(commits))
            .Select(l => $"{l.PullRequest.Number}:{l.Placed.Deployment.SourceKey.Split(' ')[1]}{(l.IsByTime ? "t" : "")}"));

    private static List<PlacedDeployment> History(CommitFacts[] commits, params DerivedDeployment[] deployments) =>
        DeploymentHistory.Of(deployments, new(commits));
}
