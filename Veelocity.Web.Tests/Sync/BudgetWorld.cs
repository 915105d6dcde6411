using Veelocity.Simulator.Worlds;

namespace Veelocity.Web.Tests.Sync;

/// <summary>
/// An organization with repositories of very different sizes that squashes its pull requests. There are five runs to a pull request: every
/// tenth deploys, one in twenty-five fails, and a quarter of those are run again.
/// </summary>
internal static class BudgetWorld
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    public static World Create(int repositories, int pullRequests)
    {
        var world = new World(Now);
        var owner = world.Add(new Account(world.NextId(), "acme", AccountKind.Organization));
        var ann = world.Add(new Account(world.NextId(), "ann", AccountKind.User) { Name = "Ann", Email = "ann@example.com" });
        for (var (index, left) = (0, pullRequests); index < repositories; index++)
        {
            // From a fifth of the average to nine fifths of it.
            var share = pullRequests / repositories * (0.2 + 1.6 * index / Math.Max(1, repositories - 1));
            var count = index == repositories - 1 ? left : (int)share;
            left -= count;
            var repository = world.Add(new Repository(world, world.NextId(), owner, $"service-{index:00}") { CreatedAt = Now.AddYears(-1), UpdatedAt = Now, PushedAt = Now });
            Fill(repository, ann, count, index);
        }
        return world;
    }

    private static void Fill(Repository repository, Account ann, int pullRequests, int index)
    {
        var world = repository.World;
        Workflow[] workflows =
        [
            repository.Add(new Workflow(world.NextId(), "CI", ".github/workflows/ci.yml", Now.AddYears(-1))),
            repository.Add(new Workflow(world.NextId(), "Deploy", ".github/workflows/deploy.yml", Now.AddYears(-1))),
        ];
        var apart = TimeSpan.FromDays(360) / (pullRequests + 1);
        for (var number = 1; number <= pullRequests; number++)
        {
            var at = Now.AddDays(-360) + (apart * number);
            at = at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerSecond));
            var merged = Merge(repository, ann, number, at);
            for (var run = 0; run < 5; run++) Run(repository, workflows, ann, merged, number * 5 + run, at.AddMinutes(run));
            if (index % 5 == 0 && number % 4 == 0) Deploy(repository, ann, merged, at.AddMinutes(10));
        }
    }

    private static Commit Merge(Repository repository, Account ann, int number, DateTimeOffset at)
    {
        var signed = new GitPerson("Ann", "ann@example.com", at, ann);
        var pull = repository.Add(new PullRequest(repository, repository.World.NextId(), number)
        {
            Title = $"Change {number}",
            Author = ann,
            CreatedAt = at.AddHours(-5),
            UpdatedAt = at,
            MergedAt = at,
            ClosedAt = at,
            HeadRef = $"change-{number}",
        });
        pull.Add(repository.Add(new Commit($"{repository.Id:x8}{number:x16}{1:x16}", "Change", signed, signed)));
        pull.Add(new Review(pull, repository.World.NextId(), ann, "APPROVED", at.AddHours(-1)));
        var landed = new Commit($"{repository.Id:x8}{number:x16}{2:x16}", $"Change {number}", signed, signed);
        if (repository.Head is { } head) landed.Parents.Add(head);
        pull.MergeCommit = repository.Branches["main"] = repository.Add(landed);
        return landed;
    }

    private static void Run(Repository repository, Workflow[] workflows, Account ann, Commit head, int number, DateTimeOffset at)
    {
        var run = new WorkflowRun(repository, workflows[number % 10 == 0 ? 1 : 0], 9_000_000_000 + repository.World.NextId(), number, at)
        {
            HeadBranch = "main",
            HeadSha = head.Sha,
            DisplayTitle = head.Headline,
            Actor = ann,
        };
        var hasFailed = number % 25 == 1;
        run.Attempts.Add(Attempt(repository, 1, at, hasFailed ? "failure" : "success"));
        if (number % 100 == 1) run.Attempts.Add(Attempt(repository, 2, at.AddMinutes(30), "success"));
        repository.Add(run);
    }

    private static RunAttempt Attempt(Repository repository, int number, DateTimeOffset at, string conclusion)
    {
        var attempt = new RunAttempt(number, at) { Conclusion = conclusion, UpdatedAt = at.AddMinutes(9) };
        foreach (var (name, ends, outcome) in ((string, int, string)[])[("build", 3, "success"), ("test", 8, conclusion)])
        {
            attempt.Jobs.Add(new Job(9_500_000_000 + repository.World.NextId(), name, at)
            {
                CreatedAt = at,
                CompletedAt = at.AddMinutes(ends),
                Status = "completed",
                Conclusion = outcome,
                StepsOf = job => [new Step(1, "Run", "completed", outcome, job.StartedAt, job.CompletedAt)],
            });
        }
        return attempt;
    }

    private static void Deploy(Repository repository, Account ann, Commit head, DateTimeOffset at)
    {
        var deployment = repository.Add(new Deployment(repository, 4_000_000 + repository.World.NextId(), head.Sha, "production", at) { IsProduction = true, Creator = ann });
        deployment.Add("success", at.AddMinutes(2));
    }
}
