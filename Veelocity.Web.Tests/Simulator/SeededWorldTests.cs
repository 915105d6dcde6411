using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Web.Tests.Simulator;

public sealed class SeededWorldTests
{
    private static readonly World Default = SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now });

    private static readonly Repository Shop = Default.FindRepository("acme", "shop-web")!;

    private static readonly Repository Api = Default.FindRepository("acme", "payments-api")!;

    [Fact]
    public void The_same_seed_gives_the_same_world_and_another_seed_another()
    {
        var options = new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 100 };

        Assert.Equal(Print(SeededWorld.Create(options)), Print(SeededWorld.Create(options)));
        Assert.NotEqual(Print(SeededWorld.Create(options)), Print(SeededWorld.Create(options with { Seed = 2 })));
    }

    [Fact]
    public void The_commit_graph_holds_together()
    {
        foreach (var repository in Default.Repositories.Where(repository => repository.Head is not null))
        {
            Assert.All(repository.Commits.Values, commit => Assert.All(commit.Parents, parent => Assert.Same(parent, repository.Commits[parent.Sha])));
            var main = CommitGraph.History(repository.Head!).ToHashSet();
            Assert.All(repository.PullRequests.Where(pull => pull.MergedAt is not null), pull => Assert.Contains(pull.MergeCommit!, main));
            Assert.All(repository.Tags, tag => Assert.Contains(tag.Commit, main));
            Assert.All(repository.Deployments.Where(deployment => !deployment.IsTransient), deployment => Assert.Contains(repository.Commits[deployment.Sha], main));
            Assert.All(repository.Runs, run => Assert.True(repository.Commits.ContainsKey(run.HeadSha)));
            Assert.All(repository.Runs.Where(run => run.HeadBranch == "main"), run => Assert.Contains(repository.Commits[run.HeadSha], main));
        }
    }

    [Fact]
    public void Nothing_happens_after_the_end()
    {
        foreach (var repository in Default.Repositories)
        {
            Assert.All(repository.PullRequests, pull => Assert.True(pull.UpdatedAt <= Default.Now && pull.CreatedAt <= pull.UpdatedAt));
            Assert.All(repository.Runs, run => Assert.True(run.CreatedAt <= Default.Now && run.Latest.UpdatedAt <= Default.Now));
            Assert.All(repository.Deployments.SelectMany(deployment => deployment.Statuses), status => Assert.True(status.CreatedAt <= Default.Now.AddSeconds(1)));
        }
    }

    [Fact]
    public void Squash_merge_and_rebase_all_occur()
    {
        var merged = Default.Repositories.SelectMany(repository => repository.PullRequests).Where(pull => pull.MergedAt is not null).ToList();

        Assert.Contains(merged, pull => pull.MergeCommit!.Parents.Count == 2 && pull.MergeCommit.Parents[1] == pull.Commits[^1]);
        Assert.Contains(merged, pull => pull.MergeCommit!.Headline.EndsWith($"(#{pull.Number})", StringComparison.Ordinal) && pull.MergeCommit.Parents.Count == 1);
        Assert.Contains(merged, pull => pull.Commits.Count > 1 && pull.MergeCommit!.Author == pull.Commits[^1].Author && pull.MergeCommit.Sha != pull.Commits[^1].Sha);
    }

    [Fact]
    public void The_cases_that_mislead_metrics_are_all_there()
    {
        var pulls = Shop.PullRequests;
        var all = Default.Repositories.SelectMany(repository => repository.PullRequests).ToList();

        Assert.Single(pulls, pull => pull.Commits.Count > 100);
        Assert.Contains(pulls, pull => pull.Reviews.Count > 20);
        Assert.Contains(all, pull => pull.Author is null);
        Assert.Contains(all, pull => pull.State == "CLOSED");
        Assert.Contains(all, pull => pull.State == "OPEN" && pull.CreatedAt < Default.Now.AddDays(-30));
        Assert.Contains(all, pull => pull.State == "OPEN" && pull.CreatedAt > Default.Now.AddDays(-7));
        Assert.Contains(all, pull => pull.IsDraft);
        Assert.Contains(all, pull => pull.Timeline.Exists(happened => happened.Kind == "convert_to_draft"));
        Assert.Contains(all, pull => pull.Title.StartsWith("Revert \"", StringComparison.Ordinal) && pull.Commits[0].Message.Contains("This reverts commit", StringComparison.Ordinal));
        Assert.Contains(all, pull => pull.HeadRef.StartsWith("hotfix/", StringComparison.Ordinal));
        Assert.Contains(all, pull => pull.HeadRef.StartsWith("feature/ENG-", StringComparison.Ordinal));
        Assert.Contains(all, pull => pull.Commits[0].Author.Date < pull.CreatedAt.AddDays(-150));
        Assert.Contains(all, pull => pull.Commits[0].Author.Date > pull.CreatedAt);
        Assert.Equal(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"], all.SelectMany(pull => pull.Reviews).Select(review => review.State).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Contains(all, pull => pull.Reviews.Exists(review => review.Author?.Kind == AccountKind.Bot));
        Assert.Contains(all, pull => pull.Reviews.Exists(review => review.Author is not null && review.Author == pull.Author));
    }

    [Fact]
    public void Production_deployments_fail_wait_repeat_and_roll_back()
    {
        var production = Shop.Deployments.Where(deployment => deployment.IsProduction).ToList();
        var released = production.Where(deployment => deployment.Statuses.Exists(status => status.State == "success")).Select(deployment => deployment.Sha).ToList();

        Assert.Contains(production, deployment => deployment.Latest!.State == "failure");
        Assert.Contains(production, deployment => deployment.Latest!.State is "queued" or "waiting");
        Assert.Contains(production, deployment => deployment.Statuses.Exists(status => status.State == "inactive"));
        Assert.Contains(Enumerable.Range(1, released.Count - 1), place => released[place] == released[place - 1]);
        Assert.Contains(Enumerable.Range(2, released.Count - 2), place => released[place] == released[place - 2] && released[place] != released[place - 1]);
        Assert.Contains(Enumerable.Range(3, released.Count - 3), place => released[place] == released[place - 3] && released[place] != released[place - 1] && released[place] != released[place - 2]);
        var live = CommitGraph.History(Shop.Commits[released[^1]]).ToHashSet();
        Assert.Contains(Shop.PullRequests, pull => pull.MergeCommit is { } merge && !live.Contains(merge));
    }

    [Fact]
    public void Runs_end_in_many_ways_and_some_are_run_again()
    {
        var deploys = Api.Runs.Where(run => run.Workflow.Path.EndsWith("deploy.yml", StringComparison.Ordinal)).ToList();

        Assert.Superset(new HashSet<string?>(["success", "failure", "cancelled"], StringComparer.Ordinal), deploys.Select(run => run.Attempts[0].Conclusion).ToHashSet(StringComparer.Ordinal));
        Assert.Contains(deploys, run => run.Attempts.Count == 3);
        Assert.Contains(deploys, run => run.Attempts.Count == 2 && run.Attempts.TrueForAll(attempt => attempt.Conclusion == "success"));
        Assert.Contains(deploys, run => run.Event == "workflow_dispatch");
        var mobile = Default.FindRepository("acme", "mobile-apps")!;
        Assert.Superset(new HashSet<string>(["build-ios", "build-android"], StringComparer.Ordinal), mobile.Runs.SelectMany(run => run.Latest.Jobs).Select(job => job.Name).ToHashSet(StringComparer.Ordinal));
    }

    private static string Print(World world) => string.Join('\n', world.Repositories.SelectMany(repository => repository.PullRequests
        .Select(pull => $"{repository.Name} {pull.Number} {pull.Id} {pull.Title} {pull.MergedAt:O} {pull.MergeCommit?.Sha} {pull.Reviews.Count}")
        .Concat(repository.Runs.Select(run => $"{run.Id} {run.Latest.Conclusion} {run.Latest.UpdatedAt:O}"))
        .Concat(repository.Deployments.Select(deployment => $"{deployment.Id} {deployment.Sha} {deployment.UpdatedAt:O} {deployment.Payload?.ToJsonString()}"))));
}
