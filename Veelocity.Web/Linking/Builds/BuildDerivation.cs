using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Builds;

/// <summary>
/// Makes builds of the attempts of mobile workflows. A run of a workflow for both platforms counts for each platform whose jobs ran; when it
/// ended before any could, or nothing tells its jobs apart, for both.
/// </summary>
internal sealed class BuildDerivation(Guid organizationId, Guid repositoryId, MobileRules rules)
{
    private static readonly BuildPlatform[] BothPlatforms = [BuildPlatform.Ios, BuildPlatform.Android];

    public IEnumerable<Build> Derive(MobileWorkflow workflow)
    {
        var attempts = workflow.Attempts.SelectMany(attempt => Split(workflow, attempt)).ToList();
        var passed = attempts.Where(a => a.Outcome == BuildOutcome.Succeeded)
            .GroupBy(a => (a.Platform, a.Of.HeadSha))
            .ToDictionary(same => same.Key, same => same.Max(a => a.Of.StartedAt));
        foreach (var run in attempts.GroupBy(a => (a.Platform, a.Of.RunExternalId)))
        {
            var inOrder = run.OrderBy(a => a.Of.Attempt).ToList();
            var eventual = EventualOf(inOrder);
            foreach (var attempt in inOrder)
            {
                var isFlaky = attempt.Outcome == BuildOutcome.Failed
                    && (inOrder.Exists(later => later.Of.Attempt > attempt.Of.Attempt && later.Outcome == BuildOutcome.Succeeded)
                        || passed.TryGetValue((attempt.Platform, attempt.Of.HeadSha), out var at) && at > attempt.Of.StartedAt);
                yield return Row(workflow, attempt, attempt == inOrder[0], eventual, isFlaky);
            }
        }
    }

    private IEnumerable<BuildAttempt> Split(MobileWorkflow workflow, AttemptFacts attempt)
    {
        switch (workflow.Platforms)
        {
            case MobilePlatforms.None:
                return [];
            case MobilePlatforms.Ios:
                return [BuildAttempt.From(attempt, BuildPlatform.Ios, null)];
            case MobilePlatforms.Android:
                return [BuildAttempt.From(attempt, BuildPlatform.Android, null)];
        }
        var own = attempt.Jobs.ToLookup(job => rules.PlatformOf(job.Name, workflow.Jobs));
        var built = BothPlatforms.Where(platform => own[platform].Any(job => job.Ran)).ToList();
        if (built.Count > 0) return built.Select(platform => BuildAttempt.From(attempt, platform, [.. own[platform]]));
        // Jobs of a platform that were all passed over in a run that went well: nothing was to be built.
        var isPassedOver = attempt.Conclusion == "success" && BothPlatforms.Any(platform => own[platform].Any());
        return BothPlatforms.Select(platform => BuildAttempt.From(attempt, platform, isPassedOver ? [.. own[platform]] : null));
    }

    private static BuildOutcome EventualOf(IReadOnlyList<BuildAttempt> attempts) =>
        new[] { BuildOutcome.Succeeded, BuildOutcome.Running, BuildOutcome.Failed, BuildOutcome.Cancelled }
            .Where(outcome => attempts.Any(a => a.Outcome == outcome)).DefaultIfEmpty(BuildOutcome.Skipped).First();

    private Build Row(MobileWorkflow workflow, BuildAttempt attempt, bool isFirst, BuildOutcome eventual, bool isFlaky) => new()
    {
        Id = Build.IdOf(attempt.Of.Id, attempt.Platform),
        OrganizationId = organizationId,
        RepositoryId = repositoryId,
        WorkflowId = workflow.Id,
        RunId = attempt.Of.Id,
        SeriesId = Build.SeriesOf(repositoryId, attempt.Of.RunExternalId, attempt.Platform),
        Attempt = attempt.Of.Attempt,
        Platform = attempt.Platform,
        Outcome = attempt.Outcome,
        IsFirst = isFirst,
        Eventual = eventual,
        IsFlaky = isFlaky,
        Failure = attempt.Failure,
        FailedJob = attempt.FirstFailed?.Name,
        FailedStep = attempt.FirstFailed?.FailedStep,
        RunCreatedAt = attempt.Of.CreatedAt,
        StartedAt = attempt.Of.StartedAt,
        FinishedAt = attempt.Outcome == BuildOutcome.Running ? null : attempt.Of.CompletedAt,
        DurationSeconds = attempt.Duration,
        QueueSeconds = attempt.Queue,
    };
}
