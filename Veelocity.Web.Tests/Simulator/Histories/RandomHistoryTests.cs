using Veelocity.Simulator.Histories;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Web.Tests.Simulator.Histories;

public sealed class RandomHistoryTests
{
    private static readonly SeedOptions Options = new() { Now = SimulatedGitHub.Now, PullRequests = 100 };

    [Fact]
    public void The_same_seed_makes_the_same_changes_and_another_seed_others()
    {
        Assert.Equal(Live(SeededWorld.Create(Options), 7, 150), Live(SeededWorld.Create(Options), 7, 150));
        Assert.NotEqual(Live(SeededWorld.Create(Options), 7, 150), Live(SeededWorld.Create(Options), 8, 150));
    }

    [Fact]
    public void In_a_long_history_every_kind_of_change_happens_and_the_world_holds_together()
    {
        var world = SeededWorld.Create(Options);

        var changes = Live(world, 3, 2_500);

        Assert.Empty(RandomHistory.Kinds.Except(changes.Select(change => change.Kind), StringComparer.Ordinal));
        Assert.Equal(changes.OrderBy(change => change.At), changes);
        foreach (var repository in world.Repositories)
        {
            Assert.All(repository.Commits.Values, commit => Assert.All(commit.Parents, parent => Assert.Same(parent, repository.Commits[parent.Sha])));
            Assert.All(repository.PullRequests, pull => Assert.True(pull.UpdatedAt >= LastSign(pull) && pull.UpdatedAt <= world.Now, $"#{pull.Number}"));
            Assert.All(repository.PullRequests.Where(pull => pull.MergeCommit is not null), pull => Assert.Contains(pull, pull.MergeCommit!.PullRequests));
            Assert.All(repository.Runs, run => Assert.True(repository.Commits.ContainsKey(run.HeadSha) && run.Attempts.TrueForAll(attempt => attempt.StartedAt >= run.CreatedAt)));
            Assert.All(repository.Runs, run => Assert.Equal(Enumerable.Range(1, run.Attempts.Count), run.Attempts.Select(attempt => attempt.Number)));
            Assert.All(repository.Deployments, deployment => Assert.True(repository.Commits.ContainsKey(deployment.Sha)));
            Assert.Equal(repository.Runs.Count, repository.Runs.Select(run => run.Id).Distinct().Count());
        }
    }

    [Fact]
    public void A_history_can_be_kept_to_some_kinds()
    {
        var changes = Live(SeededWorld.Create(Options), 1, 40, "review_late", "rerun_run");

        Assert.Equal(["rerun_run", "review_late"], changes.Select(change => change.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Throws<ArgumentException>(() => new RandomHistory(new World(SimulatedGitHub.Now), 1, ["paint_the_shed"]));
        Assert.Throws<InvalidOperationException>(() => new RandomHistory(new World(SimulatedGitHub.Now), 1).Step(SimulatedGitHub.Now));
    }

    [Fact]
    public void A_late_review_moves_the_merged_pull_request_and_a_status_its_deployment()
    {
        var world = SeededWorld.Create(Options);
        var shop = world.FindRepository("acme", "shop-web")!;
        var pull = shop.PullRequests.First(candidate => candidate.State == "MERGED");
        var waiting = shop.Deployments.First(candidate => candidate.Latest!.State is "queued" or "waiting");
        var later = SimulatedGitHub.Now.AddHours(3);

        RandomHistory.Apply(world, "review_late", new ChangeTarget { Repository = "acme/shop-web", Number = pull.Number, Outcome = "approved" }, later);
        RandomHistory.Apply(world, "complete_deployment", new ChangeTarget { Id = waiting.Id, Outcome = "success" }, later);

        Assert.Equal(("APPROVED", later, later), (pull.Reviews[^1].State, pull.Reviews[^1].SubmittedAt, pull.UpdatedAt));
        Assert.Equal(("success", later), (waiting.Latest!.State, waiting.UpdatedAt));
        Assert.DoesNotContain(shop.Deployments, other => other != waiting && other.Environment == waiting.Environment && other.Latest?.State == "success");
    }

    [Fact]
    public void A_rerun_keeps_id_and_creation_and_starts_anew_within_thirty_days_only()
    {
        var world = SeededWorld.Create(Options);
        var runs = world.Repositories.Where(repository => !repository.IsArchived).SelectMany(repository => repository.Runs).Where(run => run.Latest.Status == "completed").ToList();
        var (recent, old) = (runs.First(run => run.CreatedAt > world.Now.AddDays(-20)), runs.First(run => run.CreatedAt < world.Now.AddDays(-31)));
        var (created, attempts, later) = (recent.CreatedAt, recent.Attempts.Count, world.Now.AddHours(1));

        Assert.NotNull(RandomHistory.Apply(world, "rerun_run", new ChangeTarget { Id = recent.Id }, later));
        Assert.Null(RandomHistory.Apply(world, "rerun_run", new ChangeTarget { Id = old.Id }, later));

        Assert.Equal((created, attempts + 1, later, later, "queued"), (recent.CreatedAt, recent.Latest.Number, recent.Latest.StartedAt, recent.Latest.UpdatedAt, recent.Latest.Status));
        RandomHistory.Apply(world, "complete_run", new ChangeTarget { Id = recent.Id, Outcome = "success" }, later.AddMinutes(9));
        Assert.Equal(("completed", "success", later.AddMinutes(9)), (recent.Latest.Status, recent.Latest.Conclusion, recent.Latest.UpdatedAt));
        Assert.Equal(later.AddMinutes(9), recent.Latest.Jobs[^1].CompletedAt);
    }

    [Fact]
    public void A_force_push_takes_commits_off_the_default_branch_and_a_rebase_keeps_author_dates()
    {
        var world = SeededWorld.Create(Options);
        var shop = world.FindRepository("acme", "shop-web")!;
        var before = shop.Head!;
        var pull = Opened(world);
        var (authored, hashes) = (pull.Commits.Where(commit => commit.Parents.Count == 1).Select(commit => commit.Author.Date).ToList(), pull.Commits.Select(commit => commit.Sha).ToList());

        RandomHistory.Apply(world, "force_push_default_branch", new ChangeTarget { Repository = "acme/shop-web" }, world.Now.AddHours(1));
        RandomHistory.Apply(world, "force_push_pull_request", new ChangeTarget { Repository = "acme/shop-web", Number = pull.Number }, world.Now.AddHours(1));

        Assert.DoesNotContain(before, CommitGraph.History(shop.Head!));
        Assert.Contains(before.Sha, shop.Commits.Keys);
        Assert.Equal(authored, pull.Commits.Select(commit => commit.Author.Date));
        Assert.Empty(pull.Commits.Select(commit => commit.Sha).Intersect(hashes, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("squash", 1)]
    [InlineData("merge", 2)]
    [InlineData("rebase", 1)]
    public void A_pull_request_is_merged_as_asked(string method, int parents)
    {
        var world = SeededWorld.Create(Options);
        var pull = Opened(world);
        var before = pull.Repository.Head;
        var later = world.Now.AddMinutes(5);

        RandomHistory.Apply(world, "merge_pull_request", new ChangeTarget { Repository = pull.Repository.FullName, Number = pull.Number, Outcome = method }, later);

        Assert.Equal(("MERGED", later, later, pull.Repository.Head), (pull.State, pull.MergedAt!.Value, pull.UpdatedAt, pull.MergeCommit));
        Assert.Equal(parents, pull.MergeCommit!.Parents.Count);
        Assert.Contains(before, CommitGraph.History(pull.MergeCommit));
        Assert.Equal(pull.MergeCommit.Sha, pull.Repository.Runs[^1].HeadSha);
    }

    [Fact]
    public void A_deleted_account_leaves_its_work_without_an_author_and_moves_no_time()
    {
        var world = SeededWorld.Create(Options);
        var pull = world.Repositories.SelectMany(repository => repository.PullRequests).First(candidate => candidate.Author is { Kind: AccountKind.User });
        var (author, updated) = (pull.Author!, pull.UpdatedAt);

        RandomHistory.Apply(world, "delete_account", new ChangeTarget { Name = author.Login }, world.Now.AddHours(1));

        Assert.Null(pull.Author);
        Assert.Equal(updated, pull.UpdatedAt);
        Assert.Null(world.FindAccount(author.Login));
        Assert.DoesNotContain(world.Repositories.SelectMany(repository => repository.Commits.Values), commit => commit.Author.Account == author);
    }

    // Ready, in shop-web, with two commits or more.
    private static PullRequest Opened(World world)
    {
        RandomHistory.Apply(world, "open_pull_request", new ChangeTarget { Repository = "acme/shop-web" }, world.Now.AddMinutes(1));
        var pull = world.FindRepository("acme", "shop-web")!.PullRequests[^1];
        RandomHistory.Apply(world, "push_to_pull_request", new ChangeTarget { Repository = "acme/shop-web", Number = pull.Number }, world.Now.AddMinutes(1));
        pull.IsDraft = false;
        return pull;
    }

    private static List<Change> Live(World world, int seed, int steps, params string[] only)
    {
        var history = new RandomHistory(world, seed, only.Length == 0 ? null : only);
        return [.. Enumerable.Range(1, steps).Select(step => history.Step(SimulatedGitHub.Now.AddMinutes(13 * step)))];
    }

    private static DateTimeOffset LastSign(PullRequest pull) => pull.Timeline.Select(happened => happened.CreatedAt)
        .Concat(pull.Reviews.Select(review => review.SubmittedAt ?? review.CreatedAt))
        .Append(pull.CreatedAt).Append(pull.MergedAt ?? pull.CreatedAt).Append(pull.ClosedAt ?? pull.CreatedAt).Max();
}
