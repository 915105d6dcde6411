namespace Veelocity.Web.Linking.Sources;

/// <summary>Deployments estimated from merges into the default branch, for a repository that shows nothing better (M8).</summary>
internal static class MergedPullRequestSource
{
    public static IEnumerable<DerivedDeployment> Derive(RepositoryFacts facts)
    {
        foreach (var pull in facts.PullRequests)
        {
            if (pull.MergedAt is not { } mergedAt || pull.BaseBranch != facts.DefaultBranch) continue;
            yield return new()
            {
                SourceKey = $"pull request {pull.Number}",
                Sha = pull.MergeCommitSha,
                Ref = pull.BaseBranch,
                Title = pull.Title,
                Url = pull.Url,
                StartedAt = mergedAt,
                FinishedAt = mergedAt,
            };
        }
    }
}
