using System.Text.Json;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Sync;

/// <summary>The words under which facts and faults are counted and shown.</summary>
internal static class FactNames
{
    /// <summary><c>PullRequestFact</c> as <c>pull_requests</c>.</summary>
    public static string Of(Type fact)
    {
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(fact.Name[..^nameof(Fact).Length]);
        return name.EndsWith('y') ? name[..^1] + "ies" : name + "s";
    }

    /// <summary>The provider's id of the repository that a fact is about, and what it is for people.</summary>
    public static (string Repository, string What) Describe(Fact fact) => fact switch
    {
        RepositoryFact repository => (repository.ExternalId, "The repository"),
        PullRequestFact pull => (pull.RepositoryExternalId, $"Pull request #{pull.Number}"),
        PullRequestPathsFact paths => (paths.RepositoryExternalId, $"The files of pull request #{paths.Number}"),
        CommitFact commit => (commit.RepositoryExternalId, $"Commit {commit.Sha}"),
        ReleaseFact release => (release.RepositoryExternalId, $"Release {release.Tag}"),
        TagFact tag => (tag.RepositoryExternalId, $"Tag {tag.Name}"),
        WorkflowFact workflow => (workflow.RepositoryExternalId, $"Workflow {workflow.Name}"),
        WorkflowRunFact run => (run.RepositoryExternalId, $"Run {run.RunNumber} of a workflow (attempt {run.Attempt})"),
        EnvironmentFact environment => (environment.RepositoryExternalId, $"Environment {environment.Name}"),
        EnvironmentDeploymentFact deployment => (deployment.RepositoryExternalId, $"A deployment to {deployment.Environment}"),
        ChannelFact channel => ("", $"Channel #{channel.Name}"),
        MessageFact message => ("", $"A message of {message.At:yyyy-MM-dd HH:mm}"),
        IssueTeamFact team => ("", $"Team {team.Key}"),
        ProjectFact project => ("", $"Project {project.Name}"),
        CycleFact cycle => ("", $"Cycle {cycle.Number}"),
        IssueFact issue => ("", $"Issue {issue.Identifier}"),
        _ => ("", fact.GetType().Name),
    };

    public static string Of(ConnectorFault fault) => JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString());
}
