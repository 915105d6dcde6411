namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Deployments estimated from merges into the default branch, for a repository that shows nothing better (M8); with a label, only from
/// pull requests that carry it.
/// </summary>
internal static class MergedPullRequestSource
{
    public static IEnumerable<DerivedDeployment> Derive(RepositoryFacts facts, string? label = null, ServiceScope? scope = null)
    {
        foreach (var pull in facts.PullRequests)
        {
            if (pull.MergedAt is not { } mergedAt || pull.BaseBranch != facts.DefaultBranch) continue;
            if (scope?.Holds(pull) == false || (label is not null && !pull.Labels.Contains(label, StringComparer.OrdinalIgnoreCase))) continue;
            yield return new()
            {
                SourceKey = KeyOf(pull),
                Sha = pull.MergeCommitSha,
                Ref = pull.BaseBranch,
                Title = pull.Title,
                Url = pull.Url,
                StartedAt = mergedAt,
                FinishedAt = mergedAt,
            };
        }
    }

    public static string KeyOf(PullRequestFacts pull) => $"pull request {pull.Number}";
}
