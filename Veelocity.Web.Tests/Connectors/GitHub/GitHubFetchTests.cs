using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors.GitHub;

public sealed class GitHubFetchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static World SmallWorld() => SeededWorld.Create(new SeedOptions { Now = Now, PullRequests = 420 });

    [Fact]
    public async Task A_first_fetch_reads_the_whole_world()
    {
        var world = SmallWorld();
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);

        var reading = await new Reading(host.GitHub).FetchAsync();

        Assert.Empty(reading.Problems);
        Assert.Equal(world.Repositories.Count, reading.Facts.OfType<RepositoryFact>().Count());
        var pulls = reading.Facts.OfType<PullRequestFact>().ToDictionary(pull => (pull.RepositoryExternalId, pull.Number));
        Assert.Equal(world.Repositories.Sum(repository => repository.PullRequests.Count), pulls.Count);
        foreach (var expected in world.Repositories.SelectMany(repository => repository.PullRequests))
        {
            var pull = pulls[($"{expected.Repository.Id}", expected.Number)];
            Assert.Equal(expected.Commits.Count == 0 ? null : expected.Commits.Min(commit => (DateTimeOffset?)commit.Author.Date), pull.FirstCommitAt);
            Assert.Equal(expected.Commits.Select(commit => (commit.Sha, (DateTimeOffset?)commit.Committer.Date)), pull.Commits.Select(commit => (commit.Sha, commit.CommittedAt)));
            Assert.Equal(expected.IsCrossRepository, pull.IsFromFork);
            Assert.Equal(expected.MergedAt, pull.MergedAt);
            Assert.Equal(expected.MergedAt is null ? null : expected.MergeCommit?.Sha, pull.MergeCommitSha);
            Assert.Equal(expected.Reviews.Count(review => review.SubmittedAt is not null), pull.Reviews.Count);
            Assert.Equal(expected.Timeline.Count(item => item.Kind == "ready_for_review"), pull.ReadyForReviewAt.Count);
            Assert.Equal(expected.Author?.Login, pull.Author?.Login);
            Assert.Equal(expected.Author is null ? null : $"{expected.Author.Id}", pull.Author?.ExternalId);
            Assert.Equal(expected.Author?.Kind == AccountKind.Bot, pull.Author?.Kind == ActorKind.Bot);
        }
        Assert.Equal(
            world.Repositories.Sum(repository => ReachableFrom(repository.Head).Count),
            reading.Facts.OfType<CommitFact>().DistinctBy(commit => (commit.RepositoryExternalId, commit.Sha)).Count());
        Assert.Equal(world.Repositories.Sum(repository => repository.Releases.Count), reading.Facts.OfType<ReleaseFact>().Count());
        Assert.Equal(github.RequestLog.All.Count, reading.Requests);
        Assert.Equal(github.RequestLog.All.Where(request => request.Kind == RequestKind.GraphQl).Sum(request => request.Cost), reading.Points);
        Assert.Equal(reading.Batches[^1].Total, reading.Batches[^1].Done);
    }

    [Fact]
    public async Task A_second_fetch_of_an_unchanged_world_costs_few_requests_and_brings_nothing_new()
    {
        var world = SmallWorld();
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var reading = await new Reading(host.GitHub).FetchAsync();
        var actions = await new Reading(host.Actions) { Repositories = reading.FoundRepositories() }.FetchAsync();
        var known = Reading.Texts(reading.Facts.Concat(actions.Facts));
        github.RequestLog.Clear();

        await reading.FetchAsync();
        await actions.FetchAsync();

        Assert.Subset(known, Reading.Texts(reading.Facts.Concat(actions.Facts)));
        Assert.InRange(github.RequestLog.All.Count, 1, 3 * world.Repositories.Count);
    }

    [Fact]
    public async Task Reading_may_stop_after_any_batch_and_goes_on_without_a_gap()
    {
        var world = SeededWorld.Create(new SeedOptions { Now = Now, PullRequests = 60 });
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var whole = await new Reading(host.GitHub).FetchAsync();
        var wholeActions = await new Reading(host.Actions) { Repositories = whole.FoundRepositories() }.FetchAsync();

        for (var stop = 1; stop <= whole.Batches.Count; stop += 3)
        {
            var parts = new Reading(host.GitHub);
            var first = Reading.Texts((await parts.FetchAsync(stopAfter: stop)).Facts);
            first.UnionWith(Reading.Texts((await parts.FetchAsync()).Facts));
            Assert.Equal(Reading.Texts(whole.Facts), first);
        }
        for (var stop = 1; stop <= wholeActions.Batches.Count; stop += 3)
        {
            var parts = new Reading(host.Actions) { Repositories = whole.FoundRepositories() };
            var first = Reading.Texts((await parts.FetchAsync(stopAfter: stop)).Facts);
            first.UnionWith(Reading.Texts((await parts.FetchAsync()).Facts));
            Assert.Equal(Reading.Texts(wholeActions.Facts), first);
        }
    }

    [Fact]
    public async Task Ten_thousand_pull_requests_cost_at_most_450_GraphQL_requests()
    {
        var world = new World(Now);
        var owner = world.Add(new Account(world.NextId(), "acme", AccountKind.Organization));
        var repository = world.Add(new Repository(world, world.NextId(), owner, "large") { CreatedAt = Now.AddYears(-2), UpdatedAt = Now, PushedAt = Now });
        for (var number = 1; number <= 10_000; number++)
        {
            var at = Now.AddMinutes(number - 20_000);
            repository.Add(new PullRequest(repository, world.NextId(), number) { Title = "Change", CreatedAt = at, UpdatedAt = at, HeadRef = "change" });
        }
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);

        var reading = await new Reading(host.GitHub).FetchAsync();

        Assert.Equal(10_000, reading.Facts.OfType<PullRequestFact>().Select(pull => pull.Number).Distinct().Count());
        Assert.InRange(github.RequestLog.All.Count(request => request.Kind == RequestKind.GraphQl), 200, 450);
    }

    [Fact]
    public async Task A_late_review_is_read_and_nothing_else_changes()
    {
        var world = SmallWorld();
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var reading = await new Reading(host.GitHub).FetchAsync();
        var known = Reading.Texts(reading.Facts);
        var repository = world.Repositories.First(candidate => candidate.PullRequests.Count > 60);
        var old = repository.PullRequests[0];
        var at = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        old.Add(new Review(old, world.NextId(), world.Viewer, "APPROVED", at));
        old.Touch(at);

        await reading.FetchAsync();

        var changed = Assert.Single(Reading.Texts(reading.Facts).Except(known));
        Assert.Contains($"\"Number\":{old.Number},", changed, StringComparison.Ordinal);
        Assert.Contains(reading.Facts.OfType<PullRequestFact>().Single(pull => pull.Number == old.Number).Reviews, review => review.SubmittedAt == at);
    }

    [Fact]
    public async Task A_branch_merged_late_brings_its_old_commits()
    {
        var (world, repository) = WorldOfCommits(250);
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var reading = await new Reading(host.GitHub).FetchAsync();
        var head = repository.Head!;
        var branchedAt = head.Parents[0].Parents[0];
        for (var back = 0; back < 220; back++)
            branchedAt = branchedAt.Parents[0];
        var old = Commit(repository, branchedAt.Committer.Date.AddMinutes(1), branchedAt);
        var merge = Commit(repository, Now.AddMinutes(1), head, old);
        repository.Branches["main"] = merge;

        await reading.FetchAsync();

        Assert.Equal(new[] { merge.Sha, old.Sha }.Order(), reading.Facts.OfType<CommitFact>().Select(commit => commit.Sha).Order());
    }

    [Fact]
    public async Task A_history_pushed_away_by_force_is_read_again()
    {
        var (world, repository) = WorldOfCommits(120);
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var reading = await new Reading(host.GitHub).FetchAsync();
        var replacement = Commit(repository, Now, repository.Head!.Parents[0].Parents[0]);
        repository.Branches["main"] = replacement;

        await reading.FetchAsync();

        Assert.Contains(reading.Facts.OfType<CommitFact>(), commit => commit.Sha == replacement.Sha);
        Assert.Equal(119, reading.Facts.OfType<CommitFact>().Count());
    }

    [Fact]
    public async Task A_chosen_repository_that_the_token_does_not_see_is_named()
    {
        var world = SmallWorld();
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var chosen = world.Repositories.First(repository => !repository.IsPrivate).FullName;

        var reading = await new Reading(host.GitHub) { Selected = new HashSet<string> { chosen, "acme/gone" } }.FetchAsync();

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(("acme/gone", ConnectorFault.NotFound), (problem.Scope, problem.Fault));
        Assert.Equal(chosen, Assert.Single(reading.Facts.OfType<RepositoryFact>()).FullName);
    }

    [Fact]
    public async Task Pages_that_are_too_heavy_are_asked_for_in_smaller_pieces()
    {
        var world = SmallWorld();
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        github.Faults.Add(new Fault(FaultKind.ResourceLimits) { AboveNodes = 2_000 });

        var reading = await new Reading(host.GitHub).FetchAsync();

        Assert.Equal(world.Repositories.Sum(repository => repository.PullRequests.Count), reading.Facts.OfType<PullRequestFact>().Count());
    }

    [Theory]
    [InlineData(FaultKind.BadGateway)]
    [InlineData(FaultKind.GatewayTimeout)]
    [InlineData(FaultKind.PartialData)]
    [InlineData(FaultKind.MalformedJson)]
    [InlineData(FaultKind.CutBody)]
    public async Task Every_GraphQL_question_that_is_not_answered_whole_is_asked_again(FaultKind kind)
    {
        var world = SmallWorld();
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        foreach (var question in new[] { "RepositoryPulses", "query PullRequests", "MoreCommits", "MoreReviews", "Releases" })
            github.Faults.Add(new Fault(kind) { BodyContains = question, Request = RequestKind.GraphQl, Times = 2 });

        var reading = await new Reading(host.GitHub).FetchAsync();

        Assert.Empty(reading.Problems);
        Assert.Equal(world.Repositories.Sum(repository => repository.PullRequests.Count), reading.Facts.OfType<PullRequestFact>().Count());
    }

    [Fact]
    public async Task A_REST_answer_that_breaks_off_is_asked_for_again()
    {
        var world = SmallWorld();
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        github.Faults.Add(new Fault(FaultKind.MalformedJson) { PathContains = "/commits", Times = 2 });
        github.Faults.Add(new Fault(FaultKind.MalformedJson) { PathContains = "user/repos", Times = 2 });

        var reading = await new Reading(host.GitHub).FetchAsync();

        Assert.Empty(reading.Problems);
        Assert.Equal(
            world.Repositories.Sum(repository => ReachableFrom(repository.Head).Count),
            reading.Facts.OfType<CommitFact>().DistinctBy(commit => (commit.RepositoryExternalId, commit.Sha)).Count());
    }

    [Fact]
    public async Task Pull_requests_that_are_never_answered_are_named_and_cost_neither_commits_nor_releases_nor_other_repositories()
    {
        var world = SmallWorld();
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var choked = world.Repositories.First(repository => repository.PullRequests.Count > 5);
        github.Faults.Add(new Fault(FaultKind.BadGateway) { BodyContains = $"query PullRequests($owner", Skip = 1 });

        var reading = await new Reading(host.GitHub) { Selected = new HashSet<string> { choked.FullName } }.FetchAsync();

        Assert.All(reading.Problems, problem => Assert.Equal(ConnectorFault.Unreachable, problem.Fault));
        Assert.Contains(reading.Problems, problem => problem.Message.Contains("pull request ", StringComparison.Ordinal));
        Assert.Equal(ReachableFrom(choked.Head).Count, reading.Facts.OfType<CommitFact>().Count());

        github.Faults.Clear();
        var again = await new Reading(host.GitHub) { Selected = new HashSet<string> { choked.FullName } }.FetchAsync();
        Assert.Empty(again.Problems);
    }

    private static (World World, Repository Repository) WorldOfCommits(int count)
    {
        var world = new World(Now);
        var owner = world.Add(new Account(world.NextId(), "acme", AccountKind.Organization));
        var repository = world.Add(new Repository(world, world.NextId(), owner, "web") { CreatedAt = Now.AddYears(-1), UpdatedAt = Now, PushedAt = Now });
        for (var number = 0; number < count; number++)
        {
            Commit[] parents = repository.Head is { } head ? [head] : [];
            repository.Branches["main"] = Commit(repository, Now.AddHours(number - count), parents);
        }
        return (world, repository);
    }

    private static Commit Commit(Repository repository, DateTimeOffset at, params Commit[] parents)
    {
        var person = new GitPerson("Ann", "ann@example.com", at, null);
        var sha = $"{repository.Commits.Count + 1:x40}";
        var commit = new Commit(sha, "Change", person, person);
        commit.Parents.AddRange(parents);
        return repository.Add(commit);
    }

    private static HashSet<Commit> ReachableFrom(Commit? head)
    {
        var reached = new HashSet<Commit>();
        var open = new Stack<Commit>(head is null ? [] : [head]);
        while (open.TryPop(out var commit))
        {
            if (reached.Add(commit))
                commit.Parents.ForEach(open.Push);
        }
        return reached;
    }
}
