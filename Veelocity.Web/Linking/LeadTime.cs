namespace Veelocity.Web.Linking;

/// <summary>
/// First commit → deployed, cut into stages (M19, M20) that are never negative and add up to the whole. Each boundary is held between
/// the one before it and the deployment. Not ready before the merge: coding lasts until the merge. Nobody reviewed: pickup and
/// review are null and the merge stage begins when it was ready. Reviewed and never approved: the review lasts until the merge.
/// A deployment before the merge is skew (M6) unless the branch itself was deployed (M17); so is a ready time after the merge.
/// </summary>
internal sealed record LeadTime(
    double LeadSeconds,
    double CodingSeconds,
    double? PickupSeconds,
    double? ReviewSeconds,
    double MergeSeconds,
    double DeploySeconds,
    bool IsSkewed)
{
    public static LeadTime Of(PullRequestFacts pull, ReviewTimes times, DateTimeOffset mergedAt, DateTimeOffset deployedAt, bool isBranchDeploy = false)
    {
        var started = pull.FirstCommitAt < pull.CreatedAt ? pull.FirstCommitAt.Value : pull.CreatedAt;
        var isSkewed = (deployedAt < mergedAt && !isBranchDeploy) || mergedAt < started || times.ReadyAt > mergedAt;

        var deployed = Later(deployedAt, started);
        var merged = Within(mergedAt, started, deployed);
        var ready = Within(times.ReadyAt ?? merged, started, merged);
        var reviewed = times.FirstReviewAt is { } first ? Within(first, ready, merged) : (DateTimeOffset?)null;
        var approved = reviewed is { } since ? Within(times.ApprovedAt ?? merged, since, merged) : ready;

        return new(
            (deployed - started).TotalSeconds,
            (ready - started).TotalSeconds,
            reviewed is { } picked ? (picked - ready).TotalSeconds : null,
            reviewed is { } begun ? (approved - begun).TotalSeconds : null,
            (merged - approved).TotalSeconds,
            (deployed - merged).TotalSeconds,
            isSkewed);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Within(DateTimeOffset at, DateTimeOffset from, DateTimeOffset to) =>
        at < from ? from : at > to ? to : at;
}
