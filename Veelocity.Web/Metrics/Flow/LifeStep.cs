namespace Veelocity.Web.Metrics.Flow;

/// <summary>What happened to a change; of what happened at the same time, in this order.</summary>
public enum LifeStepKind
{
    IssueCreated,

    /// <summary>An issue came into another state of its tracker.</summary>
    IssueMoved,

    FirstCommit,
    Opened,
    MadeDraft,
    ReadyForReview,
    Commented,
    ChangesRequested,
    Approved,
    ReviewDismissed,
    Merged,
    Closed,
    IssueCompleted,

    /// <summary>A deployment to production failed while the change waited for one.</summary>
    DeploymentFailed,

    Deployed,
    IncidentStarted,

    /// <summary>A pull request that takes the change back was merged.</summary>
    Reverted,

    /// <summary>What was deployed before was deployed again.</summary>
    RolledBack,

    /// <summary>A deployment ended an incident.</summary>
    Fixed,

    IncidentEnded,
}

/// <summary>One step in the life of a change.</summary>
/// <param name="Who">Login; null when nobody is named.</param>
/// <param name="Note">What else there is to say of it, such as a service's name or why a review does not count.</param>
/// <param name="SubjectId">The deployment, incident or pull request that did it; null when the change itself did.</param>
/// <param name="Url">Where it can be seen outside.</param>
public sealed record LifeStep(
    LifeStepKind Kind, DateTimeOffset At, string? Who = null, bool IsBot = false, string? Note = null, Guid? SubjectId = null, string? Url = null)
{
    /// <summary>How long nothing happened before it; null for the first.</summary>
    public double? SecondsBefore { get; init; }

    /// <summary>The stage in which that was; null before the first commit and after the first deployment.</summary>
    public ChangeStage? StageBefore { get; init; }

    /// <summary>That was before anything was committed, while the work was planned only.</summary>
    public bool IsBeforeCode { get; init; }

    /// <summary>Puts steps in order and tells how long it took from one to the next.</summary>
    internal static IReadOnlyList<LifeStep> InOrder(IEnumerable<LifeStep> steps, IReadOnlyList<StageSpan> stages)
    {
        var ordered = steps.OrderBy(step => step.At).ThenBy(step => step.Kind).ToList();
        for (var i = 1; i < ordered.Count; i++)
        {
            var (from, to) = (ordered[i - 1].At, ordered[i].At);
            ordered[i] = ordered[i] with { SecondsBefore = (to - from).TotalSeconds, StageBefore = StageIn(from, to, stages), IsBeforeCode = stages.Count > 0 && to <= stages[0].From };
        }
        return ordered;
    }

    // Skewed clocks can put a boundary between two steps; the middle tells where most of it was.
    private static ChangeStage? StageIn(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<StageSpan> stages)
    {
        var middle = from + (to - from) / 2;
        return stages.LastOrDefault(span => span.From <= middle && (span.To is null || middle < span.To))?.Stage;
    }
}
