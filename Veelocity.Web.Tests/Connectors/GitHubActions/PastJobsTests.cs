using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors.GitHubActions;

public sealed class PastJobsTests
{
    [Fact]
    public async Task When_a_rule_changes_the_jobs_of_runs_that_were_read_before_are_read_once()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var world = SeededWorld.Create(new SeedOptions { Now = now, PullRequests = 300 });
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var mobile = world.FindRepository("acme", "mobile-apps")!;
        var reading = new Reading(host.Actions)
        {
            Repositories = [new KnownRepository($"{mobile.Id}", mobile.FullName, "main", false, mobile.PushedAt, NodeId: mobile.NodeId)],
            WantsJobs = (_, _) => false,
        };
        await reading.FetchAsync();
        Assert.DoesNotContain(reading.Facts.OfType<WorkflowRunFact>(), run => run is { Conclusion: "success", Jobs: not null });
        Assert.Contains(reading.Facts.OfType<WorkflowFileFact>(), file =>
            file.Path.EndsWith("ios-build.yml", StringComparison.Ordinal) && file.Jobs.Any(job => job.Words.Contains("xcodebuild")));

        // What the file contains decides, though nothing in the repository is new.
        reading.WantsJobs = (_, workflow) => workflow.Jobs.Any(job => job.Words.Any(word => word.Contains("xcodebuild", StringComparison.Ordinal)));
        github.RequestLog.Clear();
        await reading.FetchAsync();
        var successes = mobile.Runs.Where(run => run.Workflow.Name == "iOS build").SelectMany(run => run.Attempts).Count(attempt => attempt.Conclusion == "success");
        Assert.True(successes > 5);
        Assert.Equal(successes, reading.Facts.OfType<WorkflowRunFact>().Where(run => run is { Conclusion: "success", Jobs.Count: > 0 }).DistinctBy(run => (run.ExternalId, run.Attempt)).Count());
        Assert.DoesNotContain(github.RequestLog.All, request => request.Operation == "WorkflowFiles");

        github.RequestLog.Clear();
        await reading.FetchAsync();
        Assert.DoesNotContain(reading.Facts.OfType<WorkflowRunFact>(), run => run is { Conclusion: "success", Jobs: not null } && run.CreatedAt < now.AddDays(-3));
        Assert.InRange(github.RequestLog.All.Count(request => request.Kind == RequestKind.GraphQl), 1, 2);
    }

    [Fact]
    public async Task Workflow_files_are_read_again_when_the_default_branch_has_others()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var world = SeededWorld.Create(new SeedOptions { Now = now, PullRequests = 60 });
        await using var github = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
        await using var host = new ConnectorHost(github.BaseUrl);
        var reading = new Reading(host.Actions)
        {
            Repositories = [.. world.Repositories.Select(r => new KnownRepository($"{r.Id}", r.FullName, "main", false, r.PushedAt, NodeId: r.NodeId))],
        };
        await reading.FetchAsync();
        Assert.Equal(1, github.RequestLog.All.Count(request => request.Operation == "WorkflowFiles"));
        await reading.FetchAsync();
        Assert.Empty(reading.Facts.OfType<WorkflowFileFact>());
        var mobile = world.FindRepository("acme", "mobile-apps")!;
        mobile.Workflows.Single(workflow => workflow.Name == "CI").Text = "jobs:\n  test:\n    runs-on: macos-15\n    steps:\n      - run: fastlane test\n";

        await reading.FetchAsync();
        var read = reading.Facts.OfType<WorkflowFileFact>().ToList();
        Assert.All(read, file => Assert.Equal($"{mobile.Id}", file.RepositoryExternalId));
        Assert.Contains(read, file => file.Jobs.Any(job => job.Words.Contains("fastlane test")));
    }
}
