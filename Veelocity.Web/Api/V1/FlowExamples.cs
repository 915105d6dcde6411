using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Flow;

namespace Veelocity.Web.Api.V1;

/// <summary>What the description of the API shows of changes, deployments and what is at risk.</summary>
internal static class FlowExamples
{
    private static readonly DateTimeOffset Merged = RepoAnswer.ExampleAt;
    private static readonly DateTimeOffset Deployed = Merged.AddHours(3);
    private static readonly Guid ChangeId = new("0d1c0f57-9f3a-8c0e-8a0b-6f4c9a7f2f10");
    private static readonly Guid DeploymentId = new("4b8f0c6a-2d11-8e37-9c54-0a6f1b2c3d4e");

    public static readonly ChangesAtRisk.Item AtRisk = new()
    {
        PullRequestId = ChangeId,
        Repository = "acme/web",
        Number = 412,
        Title = "Show totals in the cart",
        Url = "https://github.com/acme/web/pull/412",
        Author = "ada",
        StageWord = "pickup",
        Since = Merged.AddHours(-20),
        Seconds = 72_000,
        UsualSeconds = 28_800,
        UsualCount = 64,
        IsUsualOfRepository = true,
    };

    public static readonly ChangeLife.Life Change = new(
        new ChangeFacts(
            ChangeId, RepoAnswer.ExampleId, "acme/web", "main", 412, "Show totals in the cart", "https://github.com/acme/web/pull/412", PullRequestState.Merged,
            IsDraft: false, "ada", IsBot: false, "main", "cart-totals", 120, 14, 6, 3, ["feature"], IsRevert: false, Merged.AddHours(-20), Merged.AddHours(-26), Merged,
            Merged, WaitingSince: null),
        ChangeStanding.Counted, LeftOut: null,
        [
            new StageSpan(ChangeStage.Coding, Merged.AddHours(-26), Merged.AddHours(-20), 21_600),
            new StageSpan(ChangeStage.Pickup, Merged.AddHours(-20), Merged.AddHours(-17), 10_800),
            new StageSpan(ChangeStage.Review, Merged.AddHours(-17), Merged.AddHours(-2), 54_000),
            new StageSpan(ChangeStage.Merge, Merged.AddHours(-2), Merged, 7_200),
            new StageSpan(ChangeStage.Deploy, Merged, Deployed, 10_800),
        ],
        ChangeStage.Review, Present: null,
        [
            new LifeStep(LifeStepKind.FirstCommit, Merged.AddHours(-26)),
            new LifeStep(LifeStepKind.Opened, Merged.AddHours(-20), "ada") { SecondsBefore = 21_600, StageBefore = ChangeStage.Coding },
            new LifeStep(LifeStepKind.ChangesRequested, Merged.AddHours(-17), "grace") { SecondsBefore = 10_800, StageBefore = ChangeStage.Pickup },
            new LifeStep(LifeStepKind.Approved, Merged.AddHours(-2), "grace") { SecondsBefore = 54_000, StageBefore = ChangeStage.Review },
            new LifeStep(LifeStepKind.Merged, Merged, Note: "into main") { SecondsBefore = 7_200, StageBefore = ChangeStage.Merge },
            new LifeStep(LifeStepKind.Deployed, Deployed, Note: "Deploy to production of web", SubjectId: DeploymentId) { SecondsBefore = 10_800, StageBefore = ChangeStage.Deploy },
        ],
        [
            new ChangeRelease(
                DeploymentId, "web", "Deploy to production", "https://github.com/acme/web/deployments/production", Deployed, IsFirst: true, IsByTime: false,
                IsSkewed: false, 104_400, LeftOut: null, FailedBy: null, Rework: null),
        ],
        [], [],
        [
            new ChangeIssues.Item(
                RepoAnswer.ExampleId, "ENG-123", "Totals in the cart", "https://linear.app/acme/issue/ENG-123", "Done", "completed", IssueLinkMethod.Branch, DecidedBy: null,
                Merged.AddDays(-6), Merged.AddHours(-30), Merged.AddHours(1), Merged),
        ]);

    public static readonly DeploymentLife.Life Deployment = new(
        new DeploymentLife.DeploymentFacts(
            DeploymentId, RepoAnswer.ExampleId, "acme/web", new Guid("7e0a4f2b-51c3-8d60-a1b2-9f8e7d6c5b4a"), "web", DeploymentSource.Environment, "production",
            "production", IsProduction: true, "Deploy to production", "https://github.com/acme/web/deployments/production", "1f7a7a472abf3dd9643fd615f6da379c4acb3e3a",
            "main", DeploymentOutcome.Succeeded, Deployed.AddMinutes(-6), Deployed, IsRelease: true, IsRollback: false, TakesBackId: null, DeploymentContents.Ancestry,
            FailedBy: null, FailureReasons: [], Rework: null, LeftOut: null),
        [
            new DeploymentLife.BroughtChange(
                ChangeId, 412, "Show totals in the cart", "https://github.com/acme/web/pull/412", "ada", Merged, 104_400, IsByTime: false, LeftOut: null, IsRevert: false),
        ],
        1, [], TakesBack: null, [], [], [], Before: null, After: null);
}
