using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api.V1;

/// <summary>What was read from GitHub and GitHub Actions, as lists.</summary>
internal static class GitHubLists
{
    public static void MapGitHubLists(this RouteGroupBuilder v1)
    {
        var github = v1.MapOrganizationGroup("/connectors/github").WithTags("GitHub");
        github.MapGitHubRepos();
        github.MapGitHubPullRequests();
        github.MapGitHubCommits();
        github.MapGitHubContributors();

        var actions = v1.MapOrganizationGroup("/connectors/github-actions").WithTags("GitHub Actions");
        actions.MapGitHubWorkflows();
        actions.MapGitHubRuns();
        actions.MapGitHubDeployments();
    }
}
