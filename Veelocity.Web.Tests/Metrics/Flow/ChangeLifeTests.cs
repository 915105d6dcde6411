using Microsoft.Extensions.Time.Testing;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Flow;

namespace Veelocity.Web.Tests.Metrics.Flow;

public sealed class ChangeLifeTests(MetricsDatabase database)
{
    private const double Hour = 3600;

    [Fact]
    public async Task A_deployed_change_is_told_from_its_first_commit_to_what_came_of_it()
    {
        var data = new FlowData();
        var pull = data.Pull(
            createdAgo: 95, firstCommitAgo: 100, readyAgo: 90, reviewedAgo: 80, approvedAgo: 60, mergedAgo: 55, draftedAgo: [94], readiedAgo: [90]);
        data.Review(pull, 85, ReviewState.Commented, by: "linter", isBot: true);
        data.Review(pull, 80, ReviewState.ChangesRequested);
        data.Review(pull, 60, ReviewState.Approved);
        data.Deploy(52, "Broken pipe", outcome: DeploymentOutcome.Failed);
        var deployment = data.Deploy(50, "Deploy cart", failedBy: ChangeFailure.Incident);
        data.Brings(deployment, 50, pull, coding: 10, pickup: 10, review: 20, merge: 5, deploy: 5);
        var incident = data.Incident(45, 40, deployment);
        var rollback = data.Deploy(40, "Deploy cart again", isRollback: true, takesBack: deployment, rework: Rework.Rollback);

        var life = await TellAsync(data, pull);
        Assert.Equal(
            [
                (LifeStepKind.FirstCommit, null), (LifeStepKind.Opened, null), (LifeStepKind.MadeDraft, null), (LifeStepKind.ReadyForReview, null),
                (LifeStepKind.Commented, null), (LifeStepKind.ChangesRequested, null), (LifeStepKind.Approved, null), (LifeStepKind.Merged, null),
                (LifeStepKind.DeploymentFailed, null), (LifeStepKind.Deployed, (Guid?)deployment), (LifeStepKind.IncidentStarted, incident),
                (LifeStepKind.RolledBack, rollback), (LifeStepKind.IncidentEnded, incident),
            ],
            life.Steps.Select(step => (step.Kind, step.Kind == LifeStepKind.DeploymentFailed ? null : step.SubjectId)));
        Assert.Equal(
            [(ChangeStage.Coding, 10), (ChangeStage.Pickup, 10), (ChangeStage.Review, 20), (ChangeStage.Merge, 5), (ChangeStage.Deploy, 5)],
            life.Stages.Select(span => (span.Stage, span.Seconds / Hour)));
        Assert.Equal((ChangeStage.Review, ChangeStanding.Counted, null), (life.Longest, life.Standing, life.Present));
        var approval = life.Steps.Single(step => step.Kind == LifeStepKind.Approved);
        Assert.Equal((20 * Hour, ChangeStage.Review), (approval.SecondsBefore, approval.StageBefore));
        Assert.Null(life.Steps.Single(step => step.Kind == LifeStepKind.IncidentStarted).StageBefore);
        Assert.Contains("a bot", life.Steps.Single(step => step.IsBot).Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M20_an_open_one_tells_the_stages_so_far_and_what_it_waits_for()
    {
        var data = new FlowData();
        data.Usually(20, hoursInStage: 5);
        var pull = data.Pull(createdAgo: 30, firstCommitAgo: 40, readyAgo: 20, reviewedAgo: 12, draftedAgo: [25], readiedAgo: [20]);

        var life = await TellAsync(data, pull);
        Assert.Equal(
            [(ChangeStage.Coding, 20, false), (ChangeStage.Pickup, 8, false), (ChangeStage.Review, 12, true)],
            life.Stages.Select(span => (span.Stage, span.Seconds / Hour, span.To is null)));
        Assert.Equal((ChangeStage.Review, 12 * Hour, 5 * Hour, true), (life.Present!.Stage, life.Present.Seconds, life.Present.UsualSeconds, life.Present.IsAtRisk));
        Assert.Equal(ChangeStanding.Open, life.Standing);
    }

    [Fact]
    public async Task M19_a_merged_one_waits_for_production()
    {
        var data = new FlowData();
        var pull = data.Pull(createdAgo: 30, readyAgo: 30, mergedAgo: 10, waitingAgo: 10);
        var life = await TellAsync(data, pull);
        Assert.Equal((ChangeStanding.Waiting, ChangeStage.Deploy), (life.Standing, life.Present!.Stage));
        // Nobody reviewed it: from ready to merged it waited for the merge.
        Assert.Equal([ChangeStage.Coding, ChangeStage.Merge, ChangeStage.Deploy], life.Stages.Select(span => span.Stage));
    }

    [Fact]
    public async Task M30_closed_without_a_merge_it_is_in_no_stage_and_in_no_time()
    {
        var data = new FlowData();
        var life = await TellAsync(data, data.Pull(createdAgo: 30, readyAgo: 30, reviewedAgo: 20, closedAgo: 10));
        Assert.Equal((ChangeStanding.Closed, null, LifeStepKind.Closed), (life.Standing, life.Present, life.Steps[^1].Kind));
    }

    [Fact]
    public async Task M30_a_revert_and_what_it_took_back_name_each_other()
    {
        var data = new FlowData();
        var pull = data.Pull(createdAgo: 30, mergedAgo: 25, title: "Faster search");
        var number = data.LastNumber;
        data.Brings(data.Deploy(20), 20, pull, 1, 1, 1, 1, 1, LeftOut.FirstKnownDeployment);
        var revert = data.Pull(createdAgo: 10, mergedAgo: 5, reverts: number, title: "Revert \"Faster search\"");
        var otherRepositorys = data.Pull(createdAgo: 10, mergedAgo: 5, reverts: number, repository: "api");

        var life = await TellAsync(data, pull);
        Assert.Equal(revert, Assert.Single(life.TakenBackBy).Id);
        Assert.Equal((LifeStepKind.Reverted, revert), (life.Steps[^1].Kind, life.Steps[^1].SubjectId));
        Assert.Equal((ChangeStanding.LeftOut, LeftOut.FirstKnownDeployment), (life.Standing, life.LeftOut));
        Assert.Equal(pull, Assert.Single((await TellAsync(data, revert)).TakesBack).Id);
        Assert.Empty((await TellAsync(data, otherRepositorys)).TakesBack);
    }

    [Fact]
    public async Task Another_organization_has_no_such_change()
    {
        var data = new FlowData();
        var pull = data.Pull(createdAgo: 30);
        Assert.NotNull(await FindAsync(data, data.OrganizationId, pull));
        var other = new FlowData();
        other.Pull(createdAgo: 5);
        Assert.Null(await FindAsync(other, other.OrganizationId, pull));
    }

    private async Task<ChangeLife.Life> TellAsync(FlowData data, Guid pull) => (await FindAsync(data, data.OrganizationId, pull))!;

    private async Task<ChangeLife.Life?> FindAsync(FlowData data, Guid organizationId, Guid pull)
    {
        await using var db = await database.OpenAsync();
        await data.SaveAsync(db);
        var clock = new FakeTimeProvider(FlowData.Now);
        return await new ChangeLife(db, new ChangesAtRisk(db, new TeamScopes(db), clock), new Reverts(db), new ChangeIssues(db), clock).FindAsync(organizationId, pull, TestContext.Current.CancellationToken);
    }
}
