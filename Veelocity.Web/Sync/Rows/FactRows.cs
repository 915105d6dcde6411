using Veelocity.Web.Connectors;

namespace Veelocity.Web.Sync.Rows;

/// <summary>
/// The rows that facts become; of several facts about one thing the last counts. Ids follow from the facts, so this needs no look at the
/// database.
/// </summary>
internal sealed class FactRows(RowOwner owner)
{
    public RowOwner Owner => owner;
    public CodeRows Code { get; } = new(owner);
    public PullRequestRows Pulls { get; } = new(owner);
    public WorkflowRows Workflows { get; } = new(owner);
    public DeploymentRows Deployments { get; } = new(owner);
    public ChatRows Chat { get; } = new(owner);
    public WorkRows Work { get; } = new(owner);

    public void Add(Fact fact)
    {
        switch (fact)
        {
            case RepositoryFact repository: Code.Add(repository); break;
            case PullRequestFact pull: Pulls.Add(pull); break;
            case PullRequestPathsFact paths: Pulls.Add(paths); break;
            case CommitFact commit: Code.Add(commit); break;
            case ReleaseFact release: Code.Add(release); break;
            case TagFact tag: Code.Add(tag); break;
            case WorkflowFact workflow: Workflows.Add(workflow); break;
            case WorkflowFileFact file: Workflows.Add(file); break;
            case WorkflowRunFact run: Workflows.Add(run); break;
            case EnvironmentFact environment: Deployments.Add(environment); break;
            case EnvironmentDeploymentFact deployment: Deployments.Add(deployment); break;
            case AccountFact account: owner.AccountOf(account.Actor); break;
            case ChannelFact channel: Chat.Add(channel); break;
            case MessageFact message: Chat.Add(message); break;
            case ReactionFact reaction: Chat.Add(reaction); break;
            case IssueTeamFact team: Work.Add(team); break;
            case ProjectFact project: Work.Add(project); break;
            case CycleFact cycle: Work.Add(cycle); break;
            case IssueFact issue: Work.Add(issue); break;
            case IssueAttachmentFact attachment: Work.Add(attachment); break;
            default: throw new ArgumentException($"Nothing is known to do with a {fact.GetType().Name}.", nameof(fact));
        }
    }
}
