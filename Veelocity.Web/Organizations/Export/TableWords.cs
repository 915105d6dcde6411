using System.Collections.Frozen;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Export;

/// <summary>What each file of an export holds, for its README.</summary>
internal static class TableWords
{
    public const string Users = "The members as people: name and email address.";

    private static readonly FrozenDictionary<Type, string> Words = new Dictionary<Type, string>
    {
        [typeof(Organization)] = "The organization itself and its settings.",
        [typeof(Account)] = "Accounts of people at the providers, and whose they are.",
        [typeof(AccountEmail)] = "Email addresses that belong to accounts.",
        [typeof(ApiToken)] = "Personal API tokens: names, owners and dates, not the tokens.",
        [typeof(AuditEntry)] = "The audit log: who did what, when and from where.",
        [typeof(AuditHead)] = "Where the audit log stands.",
        [typeof(BadgeAddress)] = "Whether badges are on, not their address.",
        [typeof(Build)] = "Mobile builds that were found among workflow runs.",
        [typeof(BuildRules)] = "The rules by which mobile builds are found.",
        [typeof(ChatChannel)] = "Channels of Slack.",
        [typeof(ChatMessage)] = "Messages of the incident channels.",
        [typeof(ChatReaction)] = "Reactions to those messages.",
        [typeof(Commit)] = "Commits.",
        [typeof(Connection)] = "Which providers are connected and as whom, not their credentials.",
        [typeof(Cycle)] = "Cycles of the issue tracker.",
        [typeof(EnvironmentChange)] = "Which deployment into an environment besides production contained which pull request first.",
        [typeof(DeployedChange)] = "Which deployment brought which pull request, and the stages of its lead time.",
        [typeof(Deployment)] = "Deployments as the metrics count them.",
        [typeof(DeploymentEnvironment)] = "Environments as GitHub declares them.",
        [typeof(EnvironmentDeployment)] = "Deployments to environments as GitHub tells them.",
        [typeof(EnvironmentDeploymentStatus)] = "The states each of those went through.",
        [typeof(EnvironmentRule)] = "What members said environments are for.",
        [typeof(GitTag)] = "Git tags, and the commits they name.",
        [typeof(Incident)] = "Incidents, found or entered by hand.",
        [typeof(IncidentEvent)] = "What happened in each incident.",
        [typeof(IncidentRules)] = "The rules by which incidents are found in chat.",
        [typeof(Invitation)] = "Invitations: to whom, by whom and what became of them, not their links.",
        [typeof(Issue)] = "Issues of the issue tracker.",
        [typeof(IssueAttachment)] = "Links that issues carry.",
        [typeof(IssueLink)] = "Which pull request is work on which issue.",
        [typeof(IssueStateSpan)] = "How long issues were in which state.",
        [typeof(IssueTeam)] = "Teams of the issue tracker.",
        [typeof(Membership)] = "Who belongs to the organization, and with which role.",
        [typeof(MetricDecision)] = "Rows that members left out of the metrics or counted.",
        [typeof(MetricsVersion)] = "Counters by which kept results are told from old ones.",
        [typeof(PeopleKeptApart)] = "People of whom members said that they are two.",
        [typeof(Person)] = "People whose work is measured.",
        [typeof(Project)] = "Projects of the issue tracker.",
        [typeof(PullRequest)] = "Pull requests.",
        [typeof(PullRequestPaths)] = "Which paths pull requests changed.",
        [typeof(QueuedMail)] = "Mails to members and to people who were invited: to whom and when, not what they said.",
        [typeof(Release)] = "Releases.",
        [typeof(Repository)] = "Repositories.",
        [typeof(Revert)] = "Which pull requests and commits were reverted by what.",
        [typeof(Review)] = "Reviews of pull requests.",
        [typeof(Service)] = "Services, and where their deployments are read from.",
        [typeof(SourceFinding)] = "What is doubtful about where deployments are read from.",
        [typeof(SyncCursor)] = "How far each provider has been read.",
        [typeof(SyncRun)] = "Syncs: when, what they read, and what went wrong.",
        [typeof(Team)] = "Teams.",
        [typeof(TeamMember)] = "Who is in which team.",
        [typeof(TeamRepository)] = "Which team owns which repository.",
        [typeof(TeamService)] = "Which team owns which service.",
        [typeof(Webhook)] = "Webhooks that are listened to, not their secrets.",
        [typeof(WebhookDelivery)] = "Messages that providers sent, and what came of them.",
        [typeof(Workflow)] = "Workflows of GitHub Actions.",
        [typeof(WorkflowFile)] = "What workflow files name: commands, actions, runners.",
        [typeof(WorkflowJob)] = "Jobs of workflow runs.",
        [typeof(WorkflowRun)] = "Runs of workflows.",
    }.ToFrozenDictionary();

    public static IEnumerable<Type> Known => Words.Keys;

    /// <summary>A table that nobody has found words for is exported all the same.</summary>
    public static string Of(Type table) => Words.GetValueOrDefault(table, "");
}
