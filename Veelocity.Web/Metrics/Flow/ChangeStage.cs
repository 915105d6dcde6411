using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Flow;

/// <summary>What a change passes on its way to production (M20).</summary>
public enum ChangeStage
{
    /// <summary>First commit → ready for review.</summary>
    Coding,

    /// <summary>Ready → first review.</summary>
    Pickup,

    /// <summary>First review → last approval.</summary>
    Review,

    /// <summary>Approved → merged.</summary>
    Merge,

    /// <summary>Merged → in production.</summary>
    Deploy,
}

/// <summary>A stage of one change, from when to when.</summary>
/// <param name="To">Null while it lasts.</param>
/// <param name="Seconds">Until now while it lasts.</param>
public sealed record StageSpan(ChangeStage Stage, DateTimeOffset From, DateTimeOffset? To, double Seconds)
{
    /// <summary>
    /// The stages that a change has passed so far, one after the other and none negative (M6). Of a deployed one they are those that count in
    /// lead time; a stage that it did not have is left out.
    /// </summary>
    /// <param name="deployed">Its first production deployment; null before.</param>
    /// <param name="present">The stage that it is in; null when it is in none any more.</param>
    internal static IReadOnlyList<StageSpan> Of(PullRequest pull, DeployedChange? deployed, ChangeStage? present, DateTimeOffset now) =>
        deployed is null ? SoFar(pull, present, now) : Deployed(deployed);

    private static List<StageSpan> Deployed(DeployedChange change)
    {
        var (spans, at) = (new List<StageSpan>(), change.DeployedAt.AddSeconds(-change.LeadSeconds));
        foreach (var (stage, seconds) in new (ChangeStage, double?)[]
        {
            (ChangeStage.Coding, change.CodingSeconds), (ChangeStage.Pickup, change.PickupSeconds), (ChangeStage.Review, change.ReviewSeconds),
            (ChangeStage.Merge, change.MergeSeconds), (ChangeStage.Deploy, change.DeploySeconds),
        })
        {
            if (seconds is not { } length) continue;
            spans.Add(new StageSpan(stage, at, at.AddSeconds(length), length));
            at = at.AddSeconds(length);
        }
        return spans;
    }

    private static List<StageSpan> SoFar(PullRequest pull, ChangeStage? present, DateTimeOffset now)
    {
        var started = pull.FirstCommitAt < pull.CreatedAt ? pull.FirstCommitAt.Value : pull.CreatedAt;
        var end = pull.MergedAt ?? pull.ClosedAt ?? now;
        // Where each stage ends; null when it did not.
        (ChangeStage Stage, DateTimeOffset? Ends)[] ends =
        [
            (ChangeStage.Coding, pull.ReadyAt ?? pull.MergedAt),
            (ChangeStage.Pickup, pull.FirstReviewAt),
            (ChangeStage.Review, pull.FirstReviewAt is null ? null : pull.ApprovedAt ?? pull.MergedAt),
            (ChangeStage.Merge, pull.MergedAt),
            (ChangeStage.Deploy, null),
        ];
        var (spans, at) = (new List<StageSpan>(), started);
        foreach (var (stage, endsAt) in ends)
        {
            if (stage == present)
            {
                spans.Add(new StageSpan(stage, at, null, Math.Max(0, (now - at).TotalSeconds)));
                break;
            }
            if (endsAt is not { } ended) continue;
            ended = ended < at ? at : ended > end ? end : ended;
            spans.Add(new StageSpan(stage, at, ended, (ended - at).TotalSeconds));
            at = ended;
        }
        return spans;
    }
}
